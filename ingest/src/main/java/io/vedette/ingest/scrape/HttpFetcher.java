package io.vedette.ingest.scrape;

import io.vedette.ingest.scrape.HttpAnswer.Failed;
import io.vedette.model.sample.ScrapeFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** Fetches over HTTP/1.1 without following redirects. Every outcome is an {@link HttpAnswer}; nothing throws. Thread-safe. */
final class HttpFetcher {
    private static final int OK = 200;
    private static final String USER_AGENT = "Vedette";

    private final Executor executor;
    private final ScheduledExecutorService deadlines;
    private final HttpClients clients;

    /**
     * @param executor where files are read, names resolved and bodies unpacked: its threads may be blocked for a while
     * @param deadlines ends what takes too long
     */
    HttpFetcher(Executor executor, ScheduledExecutorService deadlines) {
        this.executor = executor;
        this.deadlines = deadlines;
        this.clients = new HttpClients(executor);
    }

    /** Starts a GET. The answer comes on any thread, at the latest when the query's timeout is over; then the connection is cut. */
    CompletableFuture<HttpAnswer> get(HttpQuery query) {
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> answer.complete(new Failed(
                        ScrapeFailure.TIMEOUT,
                        "no whole answer within " + query.timeout().toMillis() + " ms")),
                query.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
        executor.execute(() -> send(query, answer));
        return answer.whenComplete((given, never) -> deadline.cancel(false));
    }

    private void send(HttpQuery query, CompletableFuture<HttpAnswer> answer) {
        try {
            CompletableFuture<HttpResponse<BoundedBody.Received>> response = clients.forTarget(query.tls())
                    .sendAsync(request(query), info -> new BoundedBody(query.maxBodyBytes()));
            var unusedCut = answer.whenComplete((given, never) -> response.cancel(true));
            var unusedAnswer = response.whenComplete((received, failure) -> {
                if (!answer.isDone()) {
                    answer.complete(failure == null ? answer(query, received) : HttpFailures.classify(query, failure));
                }
            });
        } catch (IOException | RuntimeException e) {
            answer.complete(new Failed(ScrapeFailure.BROKEN, "the request could not be made: " + e.getMessage()));
        }
    }

    private static HttpRequest request(HttpQuery query) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(query.url())
                .header("Accept", query.accept())
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", USER_AGENT)
                .header(
                        "X-Prometheus-Scrape-Timeout-Seconds",
                        Double.toString(query.timeout().toMillis() / 1000.0));
        String authorization = query.credentials().header();
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private static HttpAnswer answer(HttpQuery query, HttpResponse<BoundedBody.Received> response) {
        if (response.statusCode() != OK) {
            return new Failed(ScrapeFailure.HTTP, HttpFailures.ofStatus(response));
        }
        if (!response.body().whole()) {
            return tooLarge(query);
        }
        String contentType = response.headers().firstValue("Content-Type").orElse("");
        String encoding =
                response.headers().firstValue("Content-Encoding").orElse("").strip();
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "", "identity" -> new HttpAnswer.Ok(response.body().bytes(), contentType);
            case "gzip", "x-gzip" -> unpacked(query, response.body().bytes(), contentType);
            default -> new Failed(ScrapeFailure.BODY, "Content-Encoding '" + encoding + "' was not asked for");
        };
    }

    private static HttpAnswer unpacked(HttpQuery query, byte[] packed, String contentType) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] body = in.readNBytes(query.maxBodyBytes());
            return in.read() < 0 ? new HttpAnswer.Ok(body, contentType) : tooLarge(query);
        } catch (IOException e) {
            return new Failed(ScrapeFailure.BODY, "the gzip stream is damaged: " + e.getMessage());
        }
    }

    private static Failed tooLarge(HttpQuery query) {
        return new Failed(ScrapeFailure.BODY, "the body is larger than " + query.maxBodyBytes() + " bytes");
    }
}
