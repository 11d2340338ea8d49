using Google.Protobuf;
using Grpc.Core;

namespace GpuScheduler.Host.Grpc;

/// <summary>
/// Binds a service so that bytes which are no message are the caller's fault. gRPC reads a request before any interceptor, and calls
/// what that throws an error of the service: UNKNOWN, with a trace in the log.
/// </summary>
internal sealed class ReadableBinder : ServiceBinderBase
{
    private readonly ServerServiceDefinition.Builder _definition = ServerServiceDefinition.CreateBuilder();

    /// <param name="bind">The generated binding of a service.</param>
    public static ServerServiceDefinition Bind(Action<ServiceBinderBase> bind)
    {
        var binder = new ReadableBinder();
        bind(binder);
        return binder._definition.Build();
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        _definition.AddMethod(Readable(method), handler!);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        _definition.AddMethod(Readable(method), handler!);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        _definition.AddMethod(Readable(method), handler!);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        _definition.AddMethod(Readable(method), handler!);

    private static Method<TRequest, TResponse> Readable<TRequest, TResponse>(Method<TRequest, TResponse> method) => new(
        method.Type, method.ServiceName, method.Name, Readable(method.RequestMarshaller), method.ResponseMarshaller);

    private static Marshaller<T> Readable<T>(Marshaller<T> marshaller) => Marshallers.Create(
        marshaller.ContextualSerializer, bytes => Read(marshaller, bytes));

    private static T Read<T>(Marshaller<T> marshaller, DeserializationContext bytes)
    {
        try
        {
            return marshaller.ContextualDeserializer(bytes);
        }
        catch (InvalidProtocolBufferException unreadable)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"the message can't be read: {unreadable.Message}"));
        }
    }
}
