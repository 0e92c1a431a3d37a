extension CommandTable {
    /// Every command of this program, in the order of the help. The one place to add another.
    static let zscope: CommandTable = CommandTable(
        named: [
            .demo,
            .tree,
            .info,
            .chunks,
            .map,
            .read,
            .show,
            .stats,
            .create,
            .write,
            .append,
            .resize,
            .attributes,
            .consolidate,
            .verify,
            .compare,
            .copy,
            .delete,
            .repair,
            .vacuum,
            .restore,
            .drill,
            .backends,
            .bench,
            .codec,
            .conform,
            .conformance,
            .generate,
            .help,
        ],
        unnamed: .explore
    )
}
