package io.vedette.ingest.scrape;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context whose engines ask for, and check, another name than the one connected to: what {@code server_name} means, and what Java's HTTP client has
 * no setting for.
 */
final class ServerNameContext extends SSLContext {
    private ServerNameContext(SSLContext context, String serverName) {
        super(new Spi(context, serverName), context.getProvider(), context.getProtocol());
    }

    static SSLContext of(SSLContext context, String serverName) {
        return new ServerNameContext(context, serverName);
    }

    private static final class Spi extends SSLContextSpi {
        private final SSLContext context;
        private final String serverName;

        private Spi(SSLContext context, String serverName) {
            this.context = context;
            this.serverName = serverName;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return new ServerNameEngine(context.createSSLEngine(serverName, -1), serverName);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return new ServerNameEngine(context.createSSLEngine(serverName, port), serverName);
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("this context has been initialized");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }
}
