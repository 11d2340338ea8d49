"""The Echo service (echo.proto) on gRPC C++. Prints its port, then a line for each call that was given up."""
import json
import threading
from concurrent import futures

import grpc

from wire import decode, encode


def say(line):
    print(json.dumps(line), flush=True)


def echo_metadata(context):
    return [("x-echo-" + key[2:], value) for key, value in context.invocation_metadata() if key.startswith("x-")]


def on_say(request, context):
    echoed = echo_metadata(context)
    if echoed:
        context.send_initial_metadata(echoed)
        context.set_trailing_metadata(echoed)
    return request


def on_count(request, context):
    body, count = decode(request)
    for number in range(1, count + 1):
        yield encode(body, number)


def on_gather(requests, context):
    body, number = b"", 0
    for request in requests:
        body, number = decode(request)[0], number + 1
    return encode(body, number)


def on_chat(requests, context):
    for request in requests:
        yield request


def on_fail(request, context):
    body, number = decode(request)
    context.set_trailing_metadata([("x-reason", "asked for"), ("x-bytes-bin", b"\x00\x01\xff")])
    code = next(code for code in grpc.StatusCode if code.value[0] == number)
    context.abort(code, body.decode())


def on_wait(request, context):
    done = threading.Event()
    context.add_callback(done.set)
    say({"started": True, "remaining": context.time_remaining()})
    done.wait(30)
    say({"cancelled": True})
    return request


def main():
    handlers = {
        "Say": grpc.unary_unary_rpc_method_handler(on_say),
        "Count": grpc.unary_stream_rpc_method_handler(on_count),
        "Gather": grpc.stream_unary_rpc_method_handler(on_gather),
        "Chat": grpc.stream_stream_rpc_method_handler(on_chat),
        "Fail": grpc.unary_unary_rpc_method_handler(on_fail),
        "Wait": grpc.unary_unary_rpc_method_handler(on_wait),
    }
    server = grpc.server(futures.ThreadPoolExecutor(8))
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("gpuscheduler.test.v1.Echo", handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    say({"port": port})
    server.wait_for_termination()


main()
