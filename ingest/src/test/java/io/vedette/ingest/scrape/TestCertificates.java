package io.vedette.ingest.scrape;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority and certificates of it, made by the JDK's keytool: one of a server called vllm.test and one of a client. */
final class TestCertificates {
    private static final String PASSWORD = "changeit";
    /** The PKCS #8 header of a 2048-bit RSA key, before PKCS #1. */
    private static final int PKCS8_HEADER_BYTES = 26;

    private final Path directory;
    private final KeyStore store;

    private TestCertificates(Path directory, KeyStore store) {
        this.directory = directory;
        this.store = store;
    }

    static TestCertificates make(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("keys.p12");
        keytool(file, "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:critical=ca:true");
        keytool(file, "-alias", "server", "-dname", "CN=server", "-signer", "ca", "-ext", "san=dns:vllm.test");
        keytool(file, "-alias", "client", "-dname", "CN=client", "-signer", "ca");
        keytool(file, "-alias", "stranger", "-dname", "CN=Another CA", "-ext", "bc:critical=ca:true");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificates(directory, store);
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "3650"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + command);
        }
    }

    /** A context for a server that calls itself vllm.test and trusts clients of the authority. */
    SSLContext server() throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(only("server"), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusting("ca"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore only(String alias) throws GeneralSecurityException {
        KeyStore one = empty();
        one.setKeyEntry(
                alias,
                store.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                store.getCertificateChain(alias));
        return one;
    }

    private KeyStore trusting(String alias) throws GeneralSecurityException {
        KeyStore one = empty();
        one.setCertificateEntry(alias, store.getCertificate(alias));
        return one;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        try {
            empty.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        return empty;
    }

    /** Writes a certificate with its chain as PEM. */
    Path certificate(String alias, String file) throws IOException, GeneralSecurityException {
        StringBuilder pem = new StringBuilder();
        for (Certificate certificate : store.getCertificateChain(alias)) {
            pem.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return Files.writeString(directory.resolve(file), pem);
    }

    Path pkcs8Key(String alias, String file) throws IOException, GeneralSecurityException {
        return Files.writeString(directory.resolve(file), pem("PRIVATE KEY", key(alias)));
    }

    Path pkcs1Key(String alias, String file) throws IOException, GeneralSecurityException {
        byte[] pkcs8 = key(alias);
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEADER_BYTES, pkcs8.length);
        return Files.writeString(directory.resolve(file), pem("RSA PRIVATE KEY", pkcs1));
    }

    private byte[] key(String alias) throws GeneralSecurityException {
        return store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
    }

    private static String pem(String kind, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }
}
