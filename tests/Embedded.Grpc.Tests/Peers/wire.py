"""gpuscheduler.test.v1.Payload {bytes body = 1; int32 number = 2;} by hand, so that no generated Python is needed."""


def _varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read_varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        at += 1
        if data[at - 1] < 128:
            return value, at
        shift += 7


def encode(body=b"", number=0):
    out = b""
    if body:
        out += b"\x0a" + _varint(len(body)) + body
    if number:
        out += b"\x10" + _varint(number)
    return out


def decode(data):
    body, number, at = b"", 0, 0
    while at < len(data):
        tag, at = _read_varint(data, at)
        if tag == 10:
            size, at = _read_varint(data, at)
            body, at = data[at:at + size], at + size
        elif tag == 16:
            number, at = _read_varint(data, at)
        else:
            raise ValueError("unexpected tag %d" % tag)
    return body, number


METHOD = "/gpuscheduler.test.v1.Echo/"
