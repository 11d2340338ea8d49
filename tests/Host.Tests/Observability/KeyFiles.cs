using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GpuScheduler.Host.Tests.Observability;

/// <summary>A certificate, its key, and keys that are not, each in a file.</summary>
internal sealed class KeyFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gpusched-host-tests-");

    public KeyFiles()
    {
        using var key = ECDsa.Create();
        using var other = ECDsa.Create();
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=lab", key, HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddDays(1));
        Certificate = Write("lab.pem", certificate.ExportCertificatePem());
        Key = Write("lab.key", key.ExportPkcs8PrivateKeyPem());
        Both = Write("both.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        OtherKey = Write("other.key", other.ExportPkcs8PrivateKeyPem());
        EncryptedKey = Write("locked.key", key.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
    }

    public string Certificate { get; }

    public string Key { get; }

    /// <summary>The certificate and its key in one file.</summary>
    public string Both { get; }

    public string OtherKey { get; }

    public string EncryptedKey { get; }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
