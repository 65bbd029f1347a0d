package io.vedette.ingest.scrape;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Turns settings into Java's form of them. */
final class TlsContext {
    private static final char[] NO_PASSWORD = {};

    private TlsContext() {}

    /** @throws IOException with a message that names the file that cannot be used */
    static SSLContext of(TlsSettings tls) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(tls), trust(tls), null);
            return tls.serverName().isPresent()
                    ? ServerNameContext.of(context, tls.serverName().get())
                    : context;
        } catch (GeneralSecurityException e) {
            throw new IOException("tls_config cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keys(TlsSettings tls) throws IOException, GeneralSecurityException {
        if (tls.certFile().isEmpty() || tls.keyFile().isEmpty()) {
            return null;
        }
        List<X509Certificate> chain = PemFile.certificates(tls.certFile().get());
        PrivateKey key = PemFile.privateKey(tls.keyFile().get());
        KeyStore store = emptyStore();
        store.setKeyEntry("agent", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trust(TlsSettings tls) throws IOException, GeneralSecurityException {
        if (tls.insecureSkipVerify()) {
            return new TrustManager[] {new TrustEverybody()};
        }
        if (tls.caFile().isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int count = 0;
        for (X509Certificate authority : PemFile.certificates(tls.caFile().get())) {
            store.setCertificateEntry("ca-" + count++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** What {@code insecure_skip_verify} asks for. The extended form, since Java checks host names on its own beside any other. */
    private static final class TrustEverybody extends X509ExtendedTrustManager {
        private static final X509Certificate[] NOBODY = {};

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return NOBODY.clone();
        }
    }
}
