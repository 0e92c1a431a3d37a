/// Does `body` for every item, eight at a time, and answers what it gave in the order of the items.
///
/// Waiting for storage is most of the work, so a few are under way together; more would not be kinder
/// to it. Progress is told after each.
func eachInOrder<Item: Sendable, Answer: Sendable>(
    _ items: [Item],
    _ options: RepairOptions,
    _ body: @escaping @Sendable (Item) async -> Answer
) async -> [Answer] {
    let counter = WorkCounter(count: items.count)
    return await withTaskGroup(of: [(Int, Answer)].self) { group in
        let done = WorkCounter(count: items.count)
        for _ in 0..<min(8, items.count) {
            group.addTask {
                var answers: [(Int, Answer)] = []
                while let number = counter.next() {
                    answers.append((number, await body(items[number])))
                    options.onProgress?((done.next() ?? 0) + 1, items.count)
                }
                return answers
            }
        }
        var all: [(Int, Answer)] = []
        for await some in group { all += some }
        return all.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
