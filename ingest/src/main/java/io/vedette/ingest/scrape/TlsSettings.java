package io.vedette.ingest.scrape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;

/**
 * TLS towards a target, as Prometheus' {@code tls_config}. Files are PEM and are read again when they change.
 *
 * @param caFile who may sign the target's certificate; absent: whom Java trusts
 * @param certFile the agent's own certificate with its chain; goes with {@code keyFile}
 * @param keyFile its private key (PKCS #8, or RSA in PKCS #1), not encrypted
 * @param serverName the name that the certificate must bear and that is asked for (SNI); absent: the URL's host
 * @param insecureSkipVerify accept any certificate
 */
public record TlsSettings(
        Optional<Path> caFile,
        Optional<Path> certFile,
        Optional<Path> keyFile,
        Optional<String> serverName,
        boolean insecureSkipVerify) {
    /** Java's own trust, no client certificate. */
    public static final TlsSettings DEFAULT =
            new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    public TlsSettings {
        if (certFile.isPresent() != keyFile.isPresent()) {
            throw new IllegalArgumentException("tls_config needs cert_file and key_file together, but has only "
                    + (certFile.isPresent() ? "cert_file" : "key_file"));
        }
        serverName.ifPresent(TlsSettings::checkServerName);
    }

    private static void checkServerName(String name) {
        try {
            var unused = new SNIHostName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tls_config.server_name is no host name: '" + name + "'", e);
        }
    }

    /** All files that it names. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        caFile.ifPresent(files::add);
        certFile.ifPresent(files::add);
        keyFile.ifPresent(files::add);
        return files;
    }
}
