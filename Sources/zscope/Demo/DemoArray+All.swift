import Glibc
import JSONValue
import ZarrModel

extension DemoArray {
    /// The arrays of the demo store.
    static let all = [terrain, temperature, mosaic, rainfall, stations]

    /// 2-D: a landscape, with a hole, a cut-off chunk and a flipped bit that its checksum shows.
    private static let terrain = DemoArray(
        path: "terrain",
        document: document(
            shape: [480, 720],
            chunks: [40, 60],
            type: "float32",
            fill: "NaN",
            codecs: [bytesCodec, zstdCodec, checksumCodec],
            names: ["y", "x"],
            attributes: ["units": "m", "long_name": "height above the sea"]
        ),
        element: { place in
            let (y, x) = (Double(place[0]) / 480, Double(place[1]) / 720)
            let hills = sin(9 * x + 2 * sin(5 * y)) * cos(7 * y - sin(6 * x))
            let ridge = exp(-40 * (y - 0.3 - 0.2 * x) * (y - 0.3 - 0.2 * x))
            let rough = sin(61 * x + 13 * y) * sin(47 * y - 19 * x)
            return bytes(Float(900 * hills + 1600 * ridge + 60 * rough))
        },
        damage: { index in
            switch index.coordinates {
            case [3, 4], [3, 5], [4, 4], [4, 5], [9, 10]: .missing
            case [7, 2]: .short
            case [1, 9]: .flipped
            default: nil
            }
        }
    )

    /// 4-D: weather, one level of two days missing, and one chunk alone.
    private static let temperature = DemoArray(
        path: "climate/temperature",
        document: document(
            shape: [24, 6, 48, 96],
            chunks: [2, 2, 12, 16],
            type: "float32",
            fill: "NaN",
            codecs: [bytesCodec, gzipCodec],
            names: ["time", "level", "lat", "lon"],
            attributes: ["units": "degC", "standard_name": "air_temperature"]
        ),
        element: { place in
            let (time, level) = (Double(place[0]), Double(place[1]))
            let lat = (Double(place[2]) - 24) / 24
            let lon = Double(place[3]) / 96 * 2 * Double.pi
            let waves = 4 * sin(3 * lon + time / 4) * cos(5 * lat)
            return bytes(Float(28 - 55 * lat * lat - 6.5 * level + waves))
        },
        damage: { index in
            let place = index.coordinates
            if place[0] == 5, place[1] == 1 { return .missing }
            return place == [8, 0, 2, 4] ? .missing : nil
        }
    )

    /// Sharded: a mosaic of whose tiles many are empty, and a shard that is not there.
    private static let mosaic = DemoArray(
        path: "mosaic",
        document: document(
            shape: [1024, 1024],
            chunks: [256, 256],
            type: "uint16",
            fill: 0,
            codecs: [sharding([32, 32], [bytesCodec, zstdCodec])],
            names: ["row", "column"],
            attributes: ["long_name": "counts of a detector", "units": "1"]
        ),
        element: { place in
            let (y, x) = (Double(place[0]) - 512, Double(place[1]) - 512)
            let radius = (x * x + y * y).squareRoot()
            guard radius < 470, (place[0] / 32 + place[1] / 32) % 7 != 3 else { return [0, 0] }
            return bytes(UInt16(2000 + 1900 * cos(radius / 17)))
        },
        damage: { $0.coordinates == [2, 1] ? .missing : nil }
    )

    /// v2: the same world as other programs left it.
    private static let rainfall = DemoArray(
        path: "legacy/rainfall",
        document: [
            "zarr_format": 2,
            "shape": [36, 72],
            "chunks": [12, 24],
            "dtype": ">i2",
            "fill_value": -1,
            "order": "C",
            "filters": nil,
            "compressor": ["id": "zlib", "level": 6],
            "dimension_separator": ".",
        ],
        attributes: ["units": "mm", "_ARRAY_DIMENSIONS": ["lat", "lon"]],
        element: { place in
            let (lat, lon) = (Double(place[0]) / 36, Double(place[1]) / 72)
            return bytes(Int16(400 * sin(3 * lat) * (1 + cos(8 * lon + 5 * lat)) / 2))
        },
        damage: { $0.coordinates == [1, 2] ? .missing : nil }
    )

    /// Texts of any length.
    private static let stations = DemoArray(
        path: "stations",
        document: document(
            shape: [6],
            chunks: [6],
            type: "string",
            fill: "",
            codecs: [["name": "vlen-utf8"], zstdCodec],
            names: ["station"],
            attributes: ["long_name": "names of the stations"]
        ),
        element: { place in
            let names = ["Longyearbyen", "Tromsø", "Zürich", "Kraków", "San José", "東京"]
            return Array(names[min(place[0], names.count - 1)].utf8)
        }
    )
}
