"""What is made of other types in random arrays: structures, and values that may be absent."""

import base64

import numpy as np


class Composed:
    """The part of a random array that knows how such elements are put together."""

    def _plain(self, dtype):
        """A value of a type that NumPy has, packed, and its JSON."""
        value = {
            "b": self.random.choice([False, True]),
            "f": self.random.choice([0.0, 1.5, -2.0]),
            "c": self.random.choice([0.0, 1.5]) + 2j,
        }.get(dtype.kind, self.random.choice([0, 1, 100]))
        text = [value.real, value.imag] if dtype.kind == "c" else value
        return np.array(value, dtype.newbyteorder("<")).tobytes(), text

    def _struct_fill(self):
        parts = [(name, *self._plain(self.dtype[name])) for name in self.dtype.names]
        data = b"".join(part for _, part, _ in parts)
        return data, {name: text for name, _, text in parts}

    def _struct_code(self):
        """The fields of a v2 structure, each in an order of its own; the fill value is in the same."""
        code = []
        for name in self.dtype.names:
            text = self.dtype[name].newbyteorder(self.random.choice("<>")).str
            code.append([name, text])
        stored = np.dtype([tuple(field) for field in code])
        fill = np.frombuffer(self.fill, self.dtype.newbyteorder("<")).astype(stored)
        self.fill_json = base64.standard_b64encode(fill.tobytes()).decode()
        return code

    def _optional_codec(self, endian):
        order = {"endian": endian} if self.value.itemsize > 1 else {}
        configuration = {
            "mask_codecs": [{"name": "packbits", "configuration": {}}],
            "data_codecs": [{"name": "bytes", "configuration": order}],
        }
        return {"name": "zarrs.optional", "configuration": configuration}

    def _optional(self, data, count):
        """Values that are there or not, each with its mark behind it: those that are not are zeros."""
        size = self.value.itemsize
        parts = np.frombuffer(data.bytes(count * (size + 1)), np.uint8).reshape(count, size + 1)
        parts = parts % 2 if self.value.kind == "b" else parts.copy()
        parts[:, size] %= 2
        parts[parts[:, size] == 0] = 0
        return np.frombuffer(parts.tobytes(), self.dtype).copy()
