import JSONValue
import Testing

private func strict(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8)).value
}

private func lenient(_ text: String) throws -> JSONDocument {
    try JSONParser.parse(Array(text.utf8), mode: .lenient)
}

private func failure(_ text: String, mode: JSONParser.Mode = .strict) -> JSONError? {
    do throws(JSONError) {
        _ = try JSONParser.parse(Array(text.utf8), mode: mode)
        return nil
    } catch {
        return error
    }
}

struct JSONParserTests {
    @Test func `every kind of value is read`() throws {
        let value = try strict(#" {"a": [null, true, false, -1.5e3, "x"], "b": {}} "#)
        #expect(
            value == ["a": [nil, true, false, .number(.init(verbatim: "-1.5e3")), "x"], "b": [:]]
        )
    }

    @Test func `a document that breaks off anywhere says where, and inside what`() throws {
        let text = #"{"a": 3, "grid": {"shape": [10, 2.5e+1, true, null, "é\u00e9\n"], "b": -0.5}}"#
        let bytes = Array(text.utf8)
        _ = try JSONParser.parse(bytes)
        for count in bytes.indices {
            let error = #expect(throws: JSONError.self) {
                try JSONParser.parse(Array(bytes[..<count]))
            }
            #expect(error?.cut?.byteCount == count, "\(text.prefix(count))")
        }
        #expect(failure(#"{"grid": {"shape": [10, 2"#)?.cut?.pointer == "/grid/shape/1")
        #expect(failure(#"{"grid": {"shape"#)?.cut?.pointer == "/grid")
    }

    @Test(arguments: [
        #"{"a": 1]}"#, "[1 2]", "[nope]", "[tru]", #"["\u12"]"#, "[1] 2", "[01]", "[NaN]",
    ])
    func `a document that is wrong does not break off`(_ text: String) {
        #expect(failure(text) != nil && failure(text)?.cut == nil)
    }

    @Test func `members keep their order and numbers their text`() throws {
        let text = #"{"z":1.0,"a":123456789012345678901234567890,"m":[1E5,-0,0.10]}"#
        #expect(try strict(text).text() == text)
    }

    @Test func `integers are exact up to the ends of their types`() throws {
        let value = try strict(
            "[9223372036854775807,-9223372036854775808,18446744073709551615,1.0]"
        )
        #expect(value[0]?.intValue == .max)
        #expect(value[1]?.intValue == .min)
        #expect(value[2]?.intValue == nil)
        #expect(value[2]?.numberValue?.integer(as: UInt64.self) == .max)
        #expect(value[3]?.intValue == nil)
        #expect(value[3]?.doubleValue == 1)
    }

    @Test func `a float is rounded once from the text`() throws {
        let text = "1.0000001788139342151495720000000000000000000000000000000001875001"
        #expect(JSONNumber(verbatim: text).float == 1.0000001192092896)
        #expect(JSONNumber(verbatim: "1e400").double == .infinity)
    }

    @Test(arguments: [
        ("", 1, 1), ("[1,]", 1, 4), ("{\"a\" 1}", 1, 6), ("[\n 01]", 2, 3), ("tru", 1, 1),
        ("[1] x", 1, 5), ("\"\u{1}\"", 1, 2), ("{\n\n\"a\":}", 3, 5), ("[1", 1, 3), ("-", 1, 2),
        ("1.", 1, 3), ("1e", 1, 3), ("+1", 1, 1), ("{'a':1}", 1, 2), ("[1 2]", 1, 4),
        ("\"\\x\"", 1, 2), ("\"\\u12g4\"", 1, 4), ("\"abc", 1, 1), ("{\"a\":1,}", 1, 8),
        ("\u{a0}1", 1, 1), (".5", 1, 1), ("nul", 1, 1),
    ])
    func `what is no JSON is an error with its place`(text: String, line: Int, column: Int) throws {
        let error = try #require(failure(text))
        #expect(error.line == line)
        #expect(error.column == column)
        #expect(!error.message.isEmpty)
    }

    @Test(arguments: [#""\ud800""#, #""\udc00x""#, #""\ud800A""#, #""\ud83d\n""#])
    func `a lone surrogate is an error`(text: String) {
        #expect(failure(text) != nil)
    }

    @Test func `escapes are resolved`() throws {
        #expect(try strict(#""\"\\\/\b\f\n\r\té😀""#) == "\"\\/\u{8}\u{c}\n\r\té😀")
    }

    @Test(arguments: [
        [0x22, 0xff, 0x22], [0x22, 0xc0, 0xaf, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
    ])
    func `invalid UTF-8 is an error`(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONParser.parse(bytes, mode: .lenient) }
    }

    @Test func `a lenient reader notes what a strict one refuses`() throws {
        let text = "\u{feff}{\"a\":{\"k/~\":[NaN,-Infinity,Infinity]},\"a\":2}"
        #expect(failure(text) != nil)
        let document = try lenient(text)
        #expect(document.value == ["a": 2])
        #expect(
            document.notes.map(\.kind) == [
                .byteOrderMark, .bareSpecial, .bareSpecial, .bareSpecial, .duplicateName,
            ]
        )
        #expect(
            document.notes.map(\.pointer) == ["", "/a/k~1~0/0", "/a/k~1~0/1", "/a/k~1~0/2", "/a"]
        )
    }

    @Test(arguments: ["[NaN]", "[Infinity]", "[-Infinity]", #"{"a":1,"a":1}"#, "\u{feff}1"])
    func `a strict reader refuses`(text: String) {
        #expect(failure(text) != nil)
        #expect(failure(text, mode: .lenient) == nil)
    }

    @Test func `names that differ only in how they are composed are two names`() throws {
        let value = try strict("{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(value.objectValue?.count == 2)
        #expect(value["e\u{301}"] == 2)
    }

    @Test func `an object of many members is searched by name and keeps its order`() {
        var object = JSONObject()
        for number in 0..<1000 { object["k\(number)"] = .integer(number) }
        for number in stride(from: 0, to: 1000, by: 2) where number < 40 {
            object["k\(number)"] = nil
        }
        #expect(object.count == 980)
        #expect(object["k998"] == 998)
        #expect(object["k2"] == nil)
        #expect(object["k41"] == 41)
        #expect(object.keys.prefix(3) == ["k1", "k3", "k5"])
        for number in 9..<1000 { object["k\(number)"] = nil }
        #expect(object.keys == ["k1", "k3", "k5", "k7"])
        object["k5"] = "new"
        #expect(object["k5"] == "new")
        #expect(object.count == 4)
    }

    @Test func `objects are equal whatever their order`() {
        let left: JSONValue = ["a": 1, "b": [2]]
        let right: JSONValue = ["b": [2], "a": 1]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": 1, "b": [3]])
    }
}

struct JSONLimitsTests {
    @Test(arguments: ["[", "{\"a\":", "[[{\"\":"])
    func `a document nested a million deep is an error`(opening: String) throws {
        let error = try #require(failure(String(repeating: opening, count: 1_000_000)))
        #expect(error.message.contains("nested deeper than 128"))
        #expect(failure(String(repeating: opening, count: 1_000_000), mode: .lenient) != nil)
    }

    @Test func `128 levels are read and written`() throws {
        let text = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(try strict(text).text() == text)
        #expect(failure("[" + text + "]") != nil)
    }

    @Test func `no limit allows more than 512 levels`() {
        let text = String(repeating: "[", count: 513) + String(repeating: "]", count: 513)
        #expect(throws: JSONError.self) {
            try JSONParser.parse(Array(text.utf8), limits: JSONLimits(depth: 100_000))
        }
    }

    @Test func `a number of a hundred million digits is an error`() throws {
        let bytes = [UInt8](repeating: UInt8(ascii: "7"), count: 100_000_000)
        #expect(throws: JSONError.self) { try JSONParser.parse(bytes) }
    }

    @Test func `bytes, values and notes are limited`() throws {
        #expect(throws: JSONError.self) {
            try JSONParser.parse(Array("[1,2]".utf8), limits: JSONLimits(byteCount: 4))
        }
        #expect(throws: JSONError.self) {
            try JSONParser.parse(Array("[1,2]".utf8), limits: JSONLimits(valueCount: 2))
        }
        let document = try JSONParser.parse(
            Array("[NaN,NaN,NaN]".utf8),
            mode: .lenient,
            limits: JSONLimits(noteCount: 2)
        )
        #expect(document.notes.count == 2)
    }
}

struct JSONTextTests {
    @Test func `control characters never leave raw`() {
        let text = JSONValue.string("\u{1b}[2J\u{7}\u{9b}\u{7f}\n\u{0}").text()
        #expect(text == #""\u001b[2J\u0007\u009b\u007f\n\u0000""#)
        #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
    }

    @Test func `pretty text has one member a line and short lists on a line`() {
        let value: JSONValue = [
            "shape": [1, 2], "codecs": [["name": "bytes"]], "empty": [:], "no": [],
        ]
        #expect(
            value.text(.pretty) == """
                {
                  "shape": [1, 2],
                  "codecs": [
                    {
                      "name": "bytes"
                    }
                  ],
                  "empty": {},
                  "no": []
                }
                """
        )
    }

    @Test func `what is written is read back equal`() throws {
        let value: JSONValue = [
            "text": "é\u{1}\"\\/😀\u{2028}", "numbers": [0, -1, 1.5, 1e300, .integer(UInt64.max)],
            "nested": [["deep": [nil, true, false]]],
        ]
        #expect(try strict(value.text()) == value)
        #expect(try strict(value.text(.pretty)) == value)
    }

    @Test func `floats that are not finite are written as strings`() {
        #expect(JSONValue.floating(.nan) == "NaN")
        #expect(JSONValue.floating(-.infinity) == "-Infinity")
        #expect(JSONValue.floating(0.1).text() == "0.1")
    }
}
