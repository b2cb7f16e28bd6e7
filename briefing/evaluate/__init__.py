"""How good summaries are: ROUGE, coverage of facts, faithfulness, copying, length, time and memory."""
