func visible(_ text: String) -> String { text }
