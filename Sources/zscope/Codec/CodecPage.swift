import Codecs
import JSONValue
import ZarrModel

/// The page docs/codecs.md, made from the tables that reading and writing obey.
enum CodecPage {
    static var text: String {
        """
        # Codecs and data types

        What `zscope` reads and writes, under every name that Zarr v3 and v2 have for it. Made by
        `zscope codec list --markdown`; `zscope codec` encodes and decodes single chunks.

        ## Codecs
        The first name is the one that is written. Names with `numcodecs.` are those that zarr-python gives numcodecs'
        codecs in v3; v2's filters and compressors work on bytes, whatever the kind says of v3. A library that is not
        named is none: the work is done here.


        """ + codecs + """

            `sharding_indexed` and the codecs that hold chains (`n5_default`, `zarrs.optional`, `zarrs.vlen`,
            `conditional`) take any codec of this list inside. `zfp` loads its library when a chunk first asks
            for it: Debian's package `libzfp1`; the portable archive brings it along.

            ### Not read


            """ + unread + """

                ## Data types
                In memory, in raw output and before the first codec, elements are packed in C order, numbers little-endian.
                Fill values are read leniently and written as the table says; `null` in v2 leaves the value open.


                """ + types
    }

    private static var codecs: String {
        var lines = ["| v3 | v2 | kind | does | library |", "|---|---|---|---|---|"]
        for kind in CodecDescriptor.Kind.allCases {
            for codec in CodecDescriptor.all where codec.kind == kind {
                lines.append(
                    row([
                        names(codec.v3Names), names(codec.v2Names), kind.rawValue, codec.summary,
                        codec.library ?? "",
                    ])
                )
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static var unread: String {
        let rows = UnreadCodec.all.map { codec in
            row([names(codec.v3Names), names(codec.v2Names), codec.reason])
        }
        return (["| v3 | v2 | why |", "|---|---|---|"] + rows).joined(separator: "\n") + "\n"
    }

    private static var types: String {
        let rows = DataTypeEntry.all.map { entry in
            let size = entry.v3.first.flatMap { try? DataType(v3: $0, at: "").byteCount }
            return row([
                names(entry.v3.map(spelling)),
                names(entry.v2.map { $0.stringValue ?? $0.text(.compact) }),
                size.map { "\($0)" } ?? "any", entry.fill, entry.note,
            ])
        }
        let head = ["| v3 | v2 | bytes | fill value | |", "|---|---|---|---|---|"]
        return (head + rows).joined(separator: "\n") + "\n"
    }

    /// A name alone, or with the configuration as an example.
    private static func spelling(_ json: JSONValue) -> String {
        guard let name = json["name"]?.stringValue else { return json.stringValue ?? "" }
        return name + " " + (json["configuration"]?.text(.compact) ?? "")
    }

    private static func names(_ names: [String]) -> String {
        names.map { "`" + $0 + "`" }.joined(separator: "<br>")
    }

    private static func row(_ cells: [String]) -> String {
        let escaped = cells.map { cell in
            cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
        }
        return "| " + escaped.joined(separator: " | ") + " |"
    }
}
