package io.vedette.ingest.scrape;

import io.vedette.ingest.scrape.HttpAnswer.Failed;
import io.vedette.model.sample.ScrapeFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/** Says once why a GET failed. */
final class HttpFailures {
    private HttpFailures() {}

    /** What a status other than 200 means to the user. */
    static String ofStatus(HttpResponse<?> response) {
        int status = response.statusCode();
        String hint =
                switch (status) {
                    case 301, 302, 303, 307, 308 ->
                        " to " + response.headers().firstValue("Location").orElse("nowhere")
                                + "; redirects are not followed, set url to where the metrics are";
                    case 401, 403 -> "; check authorization or basic_auth";
                    case 404 -> "; check the path in url";
                    default -> "";
                };
        return "HTTP " + status + hint;
    }

    /** May block as long as it takes to connect. */
    static Failed classify(HttpQuery query, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectException) {
            return ofConnection(query);
        }
        if (cause instanceof HttpTimeoutException) {
            return new Failed(ScrapeFailure.TIMEOUT, "no connection in time");
        }
        if (cause instanceof SSLException) {
            return new Failed(ScrapeFailure.BROKEN, "TLS failed: " + cause.getMessage());
        }
        return new Failed(ScrapeFailure.BROKEN, "the connection broke: " + cause.getMessage());
    }

    /**
     * Asks the system again why no connection comes about: the HTTP client tries a second time on a closed channel, which hides the first and true
     * reason. A port that refused then and does not now was refusing.
     */
    private static Failed ofConnection(HttpQuery query) {
        URI url = query.url();
        int port = TargetSettings.port(url);
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getByName(url.getHost()), port),
                    Math.toIntExact(query.timeout().toMillis()));
        } catch (UnknownHostException e) {
            return new Failed(ScrapeFailure.BROKEN, "no address is known for host " + url.getHost());
        } catch (SocketTimeoutException e) {
            return new Failed(ScrapeFailure.TIMEOUT, "no connection in time");
        } catch (IOException e) {
            if (!(e instanceof ConnectException)
                    || !String.valueOf(e.getMessage()).contains("refused")) {
                return new Failed(ScrapeFailure.BROKEN, "no way to " + url.getHost() + ": " + e.getMessage());
            }
        }
        return new Failed(ScrapeFailure.REFUSED, "port " + port + " of " + url.getHost() + " refuses connections");
    }
}
