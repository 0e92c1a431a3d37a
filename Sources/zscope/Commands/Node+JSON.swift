import JSONValue
import ZarrEngine
import ZarrModel

extension Node {
    /// The node as `tree` lists it, without its children.
    var listed: JSONObject {
        var object: JSONObject = [
            "name": .string(name),
            "path": .string(path.description),
            "kind": .string(kind),
        ]
        switch content {
        case .array(let array):
            object["shape"] = .integers(array.metadata.shape)
            object["data_type"] = .string(array.metadata.dataType.name)
            object["zarr_format"] = .integer(array.metadata.version.rawValue)
        case .group(let group):
            if group.isImplicit { object["implicit"] = true }
        case .error(let error):
            object["error"] = .string(error.description)
        case .foreign:
            break
        }
        return object
    }
}

extension JSONValue {
    /// A list of whole numbers.
    static func integers(_ numbers: some Sequence<Int>) -> JSONValue {
        .array(numbers.map { .integer($0) })
    }

    /// A list of texts.
    static func strings(_ texts: some Sequence<String>) -> JSONValue {
        .array(texts.map { .string($0) })
    }
}

extension Diagnostic {
    /// As `issues` of `info` has it.
    var json: JSONValue {
        [
            "severity": .string(severity.rawValue),
            "where": .string(location),
            "message": .string(message),
        ]
    }
}
