import Canvas
import Testing

@testable import Explorer

/// The home screen: stores opened before, backends, and what a connect test finds.
struct HomeTests {
    private func world() -> World {
        var world = World.era5
        var counts = CensusCounts(total: 1_024_000)
        counts.present = 1_023_996
        counts.storedBytes = 55_296_000
        counts.isComplete = true
        world.home.recents[0].censuses = [
            RememberedCensus(path: "/air/temp", counts: counts, counted: "3 min ago")
        ]
        world.home.recents[0].backend = "file"
        return world
    }

    private func check(_ name: String, _ screen: Screen, _ act: (inout Stage) -> Void) {
        var stage = Stage(world(), size: screen.size, traits: screen.traits)
        if screen.size.rows < 8, screen.size.rows > 1 { stage.press(.character("i")) }
        act(&stage)
        let canvas = stage.canvas(isUnicode: screen.traits.isUnicode)
        Screens.check(canvas, "\(name)-\(screen.testDescription)")
    }

    @Test(arguments: Screen.all) func `a store that was tested`(_ screen: Screen) {
        check("connected", screen) { $0.press(.character("t")) }
    }

    @Test(arguments: Screen.all) func `a backend with the figures of its last test`(
        _ screen: Screen
    ) {
        check("backend", screen) { $0.press(.character("t"), .tab) }
    }

    @Test(arguments: Screen.all) func `a backend whose store has an open breaker`(
        _ screen: Screen
    ) {
        var world = world()
        world.breakers = World.openBreakers
        world.opened.backend = "file"
        var stage = Stage(
            world,
            size: screen.size,
            locator: "/data/era5.zarr",
            traits: screen.traits
        )
        stage.press(.character("q"))
        if screen.size.rows < 8, screen.size.rows > 1 { stage.press(.character("i")) }
        stage.press(.tab)
        let canvas = stage.canvas(isUnicode: screen.traits.isUnicode)
        Screens.check(canvas, "home-breaker-\(screen.testDescription)")
    }

    @Test func `how a breaker stands is told of the open store, and that there is none`() {
        var world = world()
        world.opened.backend = "file"
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.character("q"))
        #expect(stage.canvas().plainText.contains("breaker   – none"))
        #expect(!stage.canvas().plainText.contains("Breaker"))
        world.breakers = World.openBreakers
        stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.character("q"))
        let screen = stage.canvas().plainText
        #expect(
            screen.contains("reads ✖ open until 12:40:10 UTC (10 of 20 calls failed)"),
            "\(screen)"
        )
        #expect(screen.contains("writes ✔ closed"))
        #expect(screen.contains("Breaker"))
    }

    @Test func `a census is remembered with what is absent`() {
        var stage = Stage(world())
        #expect(stage.canvas().plainText.contains("o 4 missing"))
        #expect(stage.canvas().plainText.contains("/air/temp"))
    }

    @Test func `a test can be stopped, and what it found stays`() {
        var world = world()
        world.isHeld = { if case .connect = $0 { true } else { false } }
        var stage = Stage(world)
        stage.press(.character("t"))
        let number = stage.world.held.last?.number ?? 0
        var report = ConnectReport(locator: "/data/era5.zarr", backend: "file")
        report.steps = [ConnectStep("open", .passed, "0.4 ms")]
        stage.run(stage.explorer.receive(Event(number, .connecting(report))))
        #expect(stage.canvas().plainText.contains("Esc stops"))
        stage.press(.escape)
        #expect(stage.world.asked.last?.work == .cancel(number))
        stage.run(stage.explorer.receive(Event(number, .cancelled)))
        let screen = stage.canvas().plainText
        #expect(screen.contains("✔ 0.4 ms") && !screen.contains("Esc stops"))
    }

    @Test func `forgetting asks for it once and never for a backend`() {
        var stage = Stage(world())
        stage.press(.character("d"))
        #expect(stage.world.asked.last?.work == .forget(locator: "/data/era5.zarr"))
        stage.press(.down)
        #expect(!stage.canvas().plainText.contains("/data/era5.zarr"))
        stage.press(.character("d"))
        #expect(stage.explorer.context.message?.text == "Select a recent store first")
    }

    @Test func `a bookmark comes and goes with the same key, and stays on top`() {
        var stage = Stage(world())
        stage.press(.down, .character("B"))
        let stores = stage.explorer.context.home?.stores
        #expect(stores?.first?.isBookmarked == true && stores?.count == 2)
        let home = stage.explorer.panes.first as? HomePane
        #expect(home?.recents.selected == 0)
        #expect(stage.canvas().plainText.contains("Bookmarks and recent stores"))
        stage.press(.character("d"))
        #expect(stage.explorer.context.message?.text.contains("B takes the mark away") == true)
        stage.press(.character("B"))
        #expect(!stage.canvas().plainText.contains("◆"))
        #expect(stage.explorer.context.home?.stores.count == 2)
    }

    @Test func `a bookmark of a node that was not opened lately is listed as well`() {
        var world = world()
        world.home.bookmarks = [Bookmark(locator: "/data/era5.zarr#/air", summary: "v3 group")]
        var stage = Stage(world)
        let screen = stage.canvas().plainText
        #expect(screen.contains("/data/era5.zarr#/air"))
        #expect(stage.explorer.context.home?.stores.map(\.isBookmarked) == [true, false, false])
    }

    @Test func `counts of before a change are not shown as if they held`() {
        var world = world()
        world.home.recents[0].censuses[0].isOutdated = true
        var stage = Stage(world)
        let screen = stage.canvas().plainText
        #expect(screen.contains("▲ older count") && screen.contains("1 array changed since"))
    }

    @Test func `a backend has the figures of what its store was asked in this session`() {
        var world = world()
        world.opened.backend = "file"
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.character("q"), .tab)
        let meter = stage.explorer.context.operations.meter
        #expect(meter.total.count > 0)
        let screen = stage.canvas().plainText
        #expect(screen.contains("session") && screen.contains(meter.latencyText))
    }

    @Test func `what was deleted is counted for the home screen, and it is read anew`() {
        var world = world()
        world.opened.backend = "file"
        var stage = Stage(world, locator: "/data/era5.zarr", isWritable: true)
        stage.press(.down, .enter, .down, .down, .enter, .character(" "), .character("D"))
        let pane = stage.explorer.panes.last as? DeletePane
        stage.press(.enter)
        stage.type(String(pane?.count ?? 0))
        stage.press(.enter)
        let kept = stage.world.asked.compactMap { effect -> CensusCounts? in
            if case .keepCounts("/air/mask", let counts) = effect.work { counts } else { nil }
        }
        let census = stage.explorer.context.array?.census.map(CensusCounts.init)
        #expect(kept.count == 1 && kept.last == census)
        stage.press(.escape, .character("q"), .character("q"))
        #expect(stage.world.asked.last?.work == .loadHome)
    }

    @Test func `half and 99 in 100 of the requests are told apart`() {
        var report = ConnectReport(locator: "a")
        #expect(report.latencyText.isEmpty && report.errorText.isEmpty)
        report.latencies = Array(1...100).map { $0 * 100 }
        #expect(report.latencyText == "5.00/9.90 ms")
        report.failures = 100
        #expect(report.errorText == "50.0 %")
    }

    @Test func `counts of untrusted size never trap`() {
        var store = RecentStore(locator: "a")
        var counts = CensusCounts(total: .max)
        counts.present = .max
        counts.storedBytes = .max
        let census = RememberedCensus(path: "/a", counts: counts, counted: "")
        store.censuses = [census, census]
        #expect(store.census?.total == .max)
    }

    @Test(arguments: [80, 100]) func `a long locator and summary are told whole`(_ columns: Int) {
        var world = world()
        let locator =
            "s3://climate-production-archive/reanalysis/era5/hourly/2024/single-levels/"
            + "final.zarr?endpoint=https://objects.example.org:9000&region=eu-central-1"
        world.home.recents[0].locator = locator
        world.home.recents[0].summary = "v3 group of 212 arrays, 3 of them not whole"
        var stage = Stage(world, size: Size(rows: 24, columns: columns))
        let told = stage.canvas().plainText.split(separator: "\n").suffix(12)
            .flatMap { $0.split(separator: " ") }.joined()
        #expect(told.contains(locator), "\(told)")
        #expect(told.contains("3ofthemnotwhole") && told.contains("opened3minago"))
        #expect(told.contains("1.02Mof1.02Mchunks") && told.contains("/air/temp"))
    }

    @Test func `what a backend is ends with a whole clause`() {
        var stage = Stage(world())
        stage.press(.tab)
        let lines = stage.canvas().plainText.split(separator: "\n")
        let memory = lines.first { $0.contains("memory    ✔ ready") }
        #expect(memory?.contains("This process's memory") == true)
        #expect(memory?.contains("…") == false)
    }

    @Test func `what is broken is not counted among what is present`() {
        var world = world()
        var counts = CensusCounts(total: 161)
        counts.present = 155
        counts.broken = 1
        counts.isComplete = true
        world.home.recents[0].censuses = [
            RememberedCensus(path: "/a", counts: counts, counted: "just now")
        ]
        var stage = Stage(world)
        let screen = stage.canvas().plainText
        #expect(screen.contains("154 of 161 chunks, 6 missing, 1 broken"), "\(screen)")
    }

    @Test func `Down goes on from the stores to the backends, and Up back`() {
        var stage = Stage(world())
        func part() -> HomePane.Part? { (stage.explorer.panes.first as? HomePane)?.part }
        #expect(stage.canvas().plainText.contains("Tab backends"))
        stage.press(.down)
        #expect(part() == .recents)
        stage.press(.down)
        #expect(part() == .backends)
        stage.press(.up)
        #expect(part() == .recents)
    }

    @Test func `a connect test leaves the examples of the backends`() {
        var stage = Stage(world())
        #expect(stage.canvas().plainText.contains("memory:scratch"))
        stage.press(.character("t"))
        #expect(stage.canvas().plainText.contains("memory:scratch"))
    }

    @Test func `a store in the folder that the program was started in is listed without that`() {
        var world = world()
        world.home.folder = "/data"
        var stage = Stage(world)
        #expect(stage.canvas().plainText.contains("▸ era5.zarr"))
        #expect(stage.canvas().plainText.contains("store     /data/era5.zarr"))
    }

    @Test func `layers are told whole where there is room`() {
        var world = world()
        let long =
            "Waits before every answer, as long as a distribution says that is drawn from a seed, again"
        world.home.layers = [LayerCard(id: "latency", summary: long)]
        var stage = Stage(world, size: Size(rows: 45, columns: 160))
        #expect(stage.canvas().plainText.contains("seed, again"))
    }

    @Test func `the five jobs stand on 80 by 24, each with its key`() {
        var stage = Stage()
        let screen = stage.canvas().plainText
        for words in [
            "m is it complete?", "s what is in it?", "D repair it", "M what if storage fails?",
            "zscope conform proves your storage",
        ] {
            #expect(screen.contains(words), "\(screen)")
        }
    }
}
