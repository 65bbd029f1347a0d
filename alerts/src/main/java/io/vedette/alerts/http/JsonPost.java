package io.vedette.alerts.http;

import io.vedette.alerts.channel.Authorization;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Posts JSON as a channel's settings want it: with its credentials and within its timeout. Redirections are not followed. Thread-safe. */
public final class JsonPost {
    /** Of what services say about a message; theirs have some hundred. */
    private static final int MOST_READ = 64 << 10;

    private final Optional<Authorization> authorization;
    private final Duration timeout;
    private final InstantSource clock;
    private final HttpClient client;

    /** @param clock for {@code Retry-After} given as a date */
    public JsonPost(ChannelSettings settings, InstantSource clock) {
        this.authorization = settings.authorization();
        this.timeout = settings.timeout();
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * A request that is complete; more headers can be added.
     *
     * @throws IOException when a secret's file can't be read or holds none; the message doesn't repeat it
     */
    public HttpRequest.Builder request(URI uri, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "vedette")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (authorization.isPresent()) {
            authorize(request, authorization.get());
        }
        return request;
    }

    private static void authorize(HttpRequest.Builder request, Authorization authorization) throws IOException {
        try {
            request.header("Authorization", authorization.header());
        } catch (IllegalArgumentException e) {
            // The cause would quote the header.
            throw new IOException("the credentials hold characters that an HTTP header can't carry");
        }
    }

    /** Sends a request and waits for what becomes of it. */
    public Answer send(HttpRequest request) throws InterruptedException {
        try {
            return answer(client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            return HttpAnswers.ofFailure(e);
        }
    }

    /**
     * Sends a request to a service that says in the body what became of it, and waits for that.
     *
     * @param meaning of a reply whose status is 2xx; what any other status means is clear
     * @param remedy adds to an answer with another status what is known of it; it may be that answer
     */
    public Answer send(HttpRequest request, Function<Reply, Answer> meaning, BiFunction<Reply, Answer, Answer> remedy)
            throws InterruptedException {
        CompletableFuture<HttpResponse<String>> pending = client.sendAsync(request, info -> new BoundedBody(MOST_READ));
        try {
            // The request's own timeout is over once there is a status; the body may still hang.
            HttpResponse<String> response = pending.get(timeout.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
            Reply reply = new Reply(response.statusCode(), response.body());
            Answer answer =
                    HttpAnswers.ofStatus(reply.status(), response.headers().firstValue("Retry-After"), clock.instant());
            return answer.outcome() == Outcome.DELIVERED ? meaning.apply(reply) : remedy.apply(reply, answer);
        } catch (ExecutionException e) {
            return ofFailure(e);
        } catch (TimeoutException e) {
            pending.cancel(true);
            return Answer.retry("timeout");
        }
    }

    /** Sends a request. The future never fails. */
    public CompletableFuture<Answer> sendAsync(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApply(this::answer)
                .exceptionally(JsonPost::ofFailure);
    }

    private static Answer ofFailure(Throwable failure) {
        Throwable cause = (failure instanceof CompletionException || failure instanceof ExecutionException)
                        && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return HttpAnswers.ofFailure(cause instanceof IOException io ? io : new IOException(cause));
    }

    /** The status says it all: a body that never ends must not hold up the next alert. */
    private Answer answer(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            return HttpAnswers.ofFailure(e);
        }
        return HttpAnswers.ofStatus(
                response.statusCode(), response.headers().firstValue("Retry-After"), clock.instant());
    }
}
