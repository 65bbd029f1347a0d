package io.vedette.ingest.scrape;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** One client for all targets with the same TLS settings, made anew when a certificate or key has changed. Thread-safe. */
final class HttpClients {
    private final Executor executor;
    private final Map<TlsSettings, Made> made = new HashMap<>();

    /** @param stamps what the files looked like when the client was made */
    private record Made(HttpClient client, List<String> stamps) {}

    HttpClients(Executor executor) {
        this.executor = executor;
    }

    /** @throws IOException with a message that names the file that cannot be used */
    synchronized HttpClient forTarget(TlsSettings tls) throws IOException {
        List<String> stamps = stamps(tls.files());
        Made known = made.get(tls);
        if (known == null || !known.stamps().equals(stamps)) {
            known = new Made(client(tls), stamps);
            made.put(tls, known);
        }
        return known.client();
    }

    private HttpClient client(TlsSettings tls) throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(executor);
        if (!tls.equals(TlsSettings.DEFAULT)) {
            builder.sslContext(TlsContext.of(tls));
        }
        return builder.build();
    }

    private static List<String> stamps(List<Path> files) throws IOException {
        List<String> stamps = new ArrayList<>(files.size());
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.add(attributes.lastModifiedTime() + " " + attributes.size() + ' ' + attributes.fileKey());
            } catch (IOException e) {
                throw new IOException(
                        "cannot read " + file + " (" + e.getClass().getSimpleName() + ")", e);
            }
        }
        return stamps;
    }
}
