import Explorer
import ZarrModel

/// What is inside the made-up shards, and what values the chunks have.
extension World {
    private func inner(_ path: String) -> (counts: [Int], shape: [Int]) {
        let array = details[path]?.array
        let shape = array?.innerChunkShape ?? [1, 1]
        let counts = zip(array?.chunkShape ?? [1, 1], shape).map { $0 / max(1, $1) }
        return (counts, shape)
    }

    /// Every seventh inner chunk is not there, and one is corrupt.
    func contents(_ path: String, _ place: ShardPlace) -> ShardContents {
        let (counts, shape) = inner(path)
        var contents = ShardContents(
            place: place,
            key: "c/" + place.shard.coordinates.map(String.init).joined(separator: "/"),
            start: zip(place.shard.coordinates, zip(counts, shape)).map { $0 * $1.0 * $1.1 },
            innerShape: shape,
            grid: counts,
            isNested: place.inside.isEmpty
        )
        for number in 0..<counts.reduce(1, *) {
            let isMissing = number % 7 == 3
            contents.states.append(isMissing ? .missing : number == 5 ? .corrupt : .present)
            contents.sizes.append(isMissing ? -1 : Int64(40 + number * 13 % 29))
            contents.offsets.append(isMissing ? -1 : Int64(number * 70))
        }
        return contents
    }

    /// What a direct look at a chunk inside a shard finds.
    func innerReport(_ path: String, _ place: ShardPlace) -> ChunkReport {
        let contents = contents(path, place)
        let step = place.inside.last ?? place.shard
        let number = zip(step.coordinates, contents.grid).reduce(0) { $0 * $1.1 + $1.0 }
        var report = ChunkReport(chunk: step, key: contents.key, state: contents.states[number])
        report.shape = contents.innerShape
        let region = zip(contents.start, zip(step.coordinates, contents.innerShape)).map {
            $0 + $1.0 * $1.1..<$0 + ($1.0 + 1) * $1.1
        }
        report.inside = InnerPlace(
            region: region,
            grid: contents.grid,
            offset: contents.offsets[number] < 0 ? nil : Int(contents.offsets[number])
        )
        guard report.state == .present else {
            report.reason = report.state == .corrupt ? "the index points outside the shard" : nil
            return report
        }
        report.size = Int(contents.sizes[number])
        report.codecs = [CodecCard(name: "bytes"), CodecCard(name: "crc32c")]
        report.stages = [
            CodecStage(codec: "crc32c", bytesIn: 68, bytesOut: 64),
            CodecStage(codec: "bytes", bytesIn: 64, bytesOut: 64),
        ]
        report.preview = (0..<16).map { "\($0)" }
        report.previewWidth = 4
        return report
    }

    /// Every eleventh shard that is there lacks an inner chunk.
    func lookInside(_ path: String) -> [News] {
        let total = inner(path).counts.reduce(1, *)
        var page = InsidePage()
        for (index, chunk) in (chunks[path] ?? []).enumerated() where chunk.state == .present {
            let present = index % 11 == 5 ? total - 1 : total
            page.shards.append(.init(index: index, total: total, present: present))
        }
        return [.insidePage(page), .insideFinished]
    }

    /// Means that grow along the grid; some chunks are constant, some have NaN.
    func figures(_ request: FiguresRequest) -> [News] {
        var page = FiguresPage()
        for chunk in request.chunks {
            let mean = Float(chunk) / 8 - 2
            let isConstant = chunk % 13 == 0
            let found = ChunkFigures(
                mean: mean,
                minimum: isConstant ? mean : mean - 1,
                maximum: isConstant ? mean : mean + 2.5,
                nanShare: chunk % 9 == 4 ? 0.25 : 0
            )
            page.append(chunk, .present, found)
        }
        return [.figuresPage(page), .figuresFinished]
    }
}
