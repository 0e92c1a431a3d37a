import Explorer
import Storage
import ZarrModel

extension HomeContents {
    /// What this program can open, and what it opened before. Touches no storage.
    static func gathered() -> HomeContents {
        var contents = HomeContents()
        contents.backends = Composition.backends.list().map { descriptor in
            var card = BackendCard(id: descriptor.id, summary: descriptor.summary)
            card.capabilities = descriptor.capabilities.words
            card.options = descriptor.options.map(OptionCard.init)
            card.example = descriptor.example.withoutScratch
            return card
        }
        contents.layers = Composition.layers.list().map { descriptor in
            var card = LayerCard(id: descriptor.id, summary: descriptor.summary)
            card.options = descriptor.options.map(OptionCard.init)
            return card
        }
        RecentStores().movePins(to: Bookmarks())
        contents.recents = RecentStores().list()
        contents.bookmarks = Bookmarks().list()
        contents.folder = Environment.folder ?? ""
        return contents
    }
}

extension OptionCard {
    /// What a descriptor says of the option.
    init(_ descriptor: OptionDescriptor) {
        self.init(name: descriptor.name, type: descriptor.kind.word)
        isRequired = descriptor.isRequired
        defaultValue = descriptor.defaultText
        isSecret = descriptor.isSecret
        help = descriptor.help
    }
}

extension String {
    /// An example locator as a person would write it, with a folder in place of `{scratch}`.
    var withoutScratch: String {
        var text = self
        while let place = text.place(of: "{scratch}") {
            let isFolder = text[place.upperBound...].hasPrefix("/") || text != self
            text =
                text[..<place.lowerBound] + (isFolder ? "/data" : "scratch")
                + text[place.upperBound...]
        }
        return text
    }
}
