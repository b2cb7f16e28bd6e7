"""Chinese text: characters, words, sentences, numbers and names, datelines, scripts."""
