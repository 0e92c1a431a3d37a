extension Palette {
    /// Every palette, the standard one first. The one place to add another.
    public static let all: [Palette] = [.cividis, .viridis, .magma, .grey, .balance]

    /// Blue to yellow; looks the same with and without red-green blindness, also in the 16 fixed colours:
    /// those beside each other differ by 7.5 at least (CIE 1976), in every kind of sight.
    public static let cividis = Palette(
        name: "cividis",
        anchors: [
            0x00224E, 0x00285B, 0x002E6A, 0x053371, 0x1C396F, 0x293F6E, 0x33446D, 0x3C4A6C,
            0x45506C, 0x4D556C, 0x555B6D, 0x5C616E, 0x646770, 0x6B6D72, 0x727274, 0x787877,
            0x807F78, 0x888578, 0x908B78, 0x979177, 0xA09875, 0xA89E73, 0xB0A571, 0xB9AB6D,
            0xC2B369, 0xCBB965, 0xD3C05F, 0xDCC859, 0xE6D051, 0xEFD748, 0xF8DF3C, 0xFEE838,
        ],
        indexes: [17, 18, 19, 20, 25, 60, 242, 244, 101, 246, 248, 144, 179, 186, 221, 227]
    )

    /// Violet over green to yellow.
    public static let viridis = Palette(
        name: "viridis",
        anchors: [
            0x440154, 0x470D60, 0x48186A, 0x482374, 0x472E7C, 0x453882, 0x424186, 0x3E4A89,
            0x3A548C, 0x365D8D, 0x32658E, 0x2E6D8E, 0x2B758E, 0x287D8E, 0x25848E, 0x228C8D,
            0x1F948C, 0x1E9C89, 0x20A386, 0x25AB82, 0x2EB37C, 0x3ABA76, 0x48C16E, 0x58C765,
            0x6CCD5A, 0x7FD34E, 0x93D741, 0xA8DB34, 0xC0DF25, 0xD5E21A, 0xEAE51A, 0xFDE725,
        ],
        indexes: [17, 53, 54, 24, 25, 60, 30, 66, 36, 72, 108, 77, 113, 148, 184, 220]
    )

    /// Black over magenta to pale yellow.
    public static let magma = Palette(
        name: "magma",
        anchors: [
            0x000004, 0x030312, 0x0A0822, 0x130D34, 0x1E1149, 0x2A115C, 0x38106C, 0x451077,
            0x54137D, 0x601880, 0x6D1D81, 0x792282, 0x882781, 0x942C80, 0xA1307E, 0xAE347B,
            0xBD3977, 0xCA3E72, 0xD6456C, 0xE24D66, 0xEC5860, 0xF3655C, 0xF8745C, 0xFB835F,
            0xFD9467, 0xFEA36F, 0xFEB27A, 0xFEC185, 0xFED194, 0xFDE0A1, 0xFCEEB0, 0xFCFDBF,
        ],
        indexes: [16, 233, 53, 54, 55, 90, 126, 162, 132, 167, 203, 209, 179, 216, 222, 229]
    )

    /// Black to white.
    public static let grey = Palette(
        name: "grey",
        anchors: [0x121212, 0xFFFFFF],
        indexes: [233, 235, 236, 238, 239, 241, 242, 244, 245, 247, 248, 250, 251, 253, 254, 231]
    )

    /// Blue over white to red: for numbers on two sides of one in the middle. Told apart with red-green
    /// blindness too.
    public static let balance = Palette(
        name: "balance",
        anchors: [
            0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582,
            0xD6604D, 0xB2182B, 0x67001F,
        ],
        indexes: [17, 18, 25, 32, 74, 110, 153, 189, 224, 217, 210, 203, 160, 124, 88, 52],
        isDiverging: true
    )
}
