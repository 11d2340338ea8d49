"""Calls the Echo service: client.py ADDRESS SCENARIO. Prints what it saw as JSON."""
import json
import sys

import grpc

from wire import METHOD, decode, encode

channel = grpc.insecure_channel(sys.argv[1], [("grpc.max_receive_message_length", -1)])


def say(line):
    print(json.dumps(line), flush=True)


def failure(error):
    trailers = {key: value.hex() if isinstance(value, bytes) else value for key, value in error.trailing_metadata() or ()}
    return {"code": error.code().name, "details": error.details(), "trailers": trailers}


def attempt(call):
    try:
        return call()
    except grpc.RpcError as error:
        return failure(error)


def shown(metadata):
    return [[key, value.hex() if isinstance(value, bytes) else value] for key, value in metadata if key.startswith("x-echo-")]


def unary():
    metadata = (("x-text", "plain text"), ("x-twice", "1"), ("x-twice", "2"), ("x-bytes-bin", bytes([0, 1, 2, 250])), ("x-one-bin", b"a"))
    response, call = channel.unary_unary(METHOD + "Say").with_call(encode(b"hello", 7), metadata=metadata)
    body, number = decode(response)
    return {"body": body.decode(), "number": number, "headers": shown(call.initial_metadata()), "trailers": shown(call.trailing_metadata())}


def server_stream():
    return [decode(response)[1] for response in channel.unary_stream(METHOD + "Count")(encode(b"x", 5))]


def long_stream():
    numbers = [decode(response)[1] for response in channel.unary_stream(METHOD + "Count")(encode(b"x" * 100, 10000))]
    return {"count": len(numbers), "ordered": numbers == sorted(numbers)}


def client_stream():
    response = channel.stream_unary(METHOD + "Gather")(encode(b"m%d" % i) for i in range(10000))
    body, number = decode(response)
    return {"body": body.decode(), "number": number}


def duplex():
    seen = []

    def requests():
        for i in range(1, 101):
            yield encode(b"", i)

    for response in channel.stream_stream(METHOD + "Chat")(requests()):
        seen.append(decode(response)[1])
    return seen


def mebibyte():
    body, _ = decode(channel.unary_unary(METHOD + "Say")(encode(bytes(1024 * 1024), 1)))
    return len(body)


def too_large():
    return attempt(lambda: channel.unary_unary(METHOD + "Say")(encode(bytes(5 * 1024 * 1024))))


def fail():
    return attempt(lambda: channel.unary_unary(METHOD + "Fail")(encode("Grafikkarte fehlt \u2013 100 %\nzweite Zeile".encode(), 9)))


def unknown_method():
    return attempt(lambda: channel.unary_unary(METHOD + "Nothing")(b""))


def unknown_service():
    return attempt(lambda: channel.unary_unary("/no.such.Service/Method")(b""))


def compressed():
    call = channel.unary_unary(METHOD + "Say")
    return attempt(lambda: call(encode(b"a" * 1000), compression=grpc.Compression.Gzip))


def deadline():
    return attempt(lambda: channel.unary_unary(METHOD + "Wait")(b"", timeout=0.3))


def cancel():
    call = channel.unary_unary(METHOD + "Wait").future(b"")
    say({"started": True})
    sys.stdin.readline()
    call.cancel()
    return {"cancelled": call.cancelled()}


def health():
    # HealthCheckRequest.service and HealthCheckResponse.status are fields 1: a string and a varint.
    check = channel.unary_unary("/grpc.health.v1.Health/Check")
    named = attempt(lambda: list(check(b"\x0a\x04jobs")))
    unknown = attempt(lambda: check(b"\x0a\x03foo"))
    return {"server": list(check(b"")), "named": named, "unknown": unknown["code"]}


def health_watch():
    for response in channel.unary_stream("/grpc.health.v1.Health/Watch")(b"\x0a\x04jobs"):
        say(list(response))


def endless_duplex():
    """Talks until it is killed."""
    def requests():
        while True:
            yield encode(b"x" * 100)

    for _ in channel.stream_stream(METHOD + "Chat")(requests()):
        pass


say(globals()[sys.argv[2]]())
