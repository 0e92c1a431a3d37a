@main struct Zscope { static func main() { print("zscope") } }
