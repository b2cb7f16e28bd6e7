"""Small networks on onnxruntime that read an article and judge; they write nothing."""
