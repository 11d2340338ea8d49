"""Runs a command in the pool, shows what it prints, and ends as it did: client.py ADDRESS COMMAND…

The whole client; the modules below it are made by protoc from protos/ (../README.md says how).
"""
import getpass
import os
import sys
import uuid

import grpc

from gpuscheduler.v1.jobs_pb2 import StreamLogsRequest, SubmitJobRequest, WatchJobsRequest
from gpuscheduler.v1.jobs_pb2_grpc import JobsServiceStub
from gpuscheduler.v1.resources_pb2 import JobSpec, JobState


def main(address, *command):
    jobs = JobsServiceStub(grpc.insecure_channel(address))
    spec = JobSpec(user=getpass.getuser(), command=command, working_directory=os.getcwd())
    # The key makes it safe to send the request again when no answer came.
    request = SubmitJobRequest(spec=spec, idempotency_key=str(uuid.uuid4()))
    number = jobs.SubmitJob(request).id

    for change in jobs.WatchJobs(WatchJobsRequest(ids=[number])):
        for job in change.jobs:
            print(f"job {number}: {JobState.Name(job.state)} {job.reason_text}".rstrip(), file=sys.stderr)
    if job.attempt:
        for part in jobs.StreamLogs(StreamLogsRequest(id=number)):
            sys.stdout.buffer.write(part.data)
    return job.exit_code if job.HasField("exit_code") else 1


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except grpc.RpcError as refused:
        sys.exit(f"{refused.code().name}: {refused.details()}")
