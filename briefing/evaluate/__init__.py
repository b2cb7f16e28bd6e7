"""Evaluation of summaries: ROUGE, fact coverage, faithfulness, copying, length, time and memory."""
