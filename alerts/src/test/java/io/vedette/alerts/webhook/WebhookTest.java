package io.vedette.alerts.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.vedette.alerts.Events;
import io.vedette.alerts.channel.Address;
import io.vedette.alerts.channel.Authorization;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.Destination.Format;
import io.vedette.alerts.channel.Secret;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.delivery.Outcome;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTest {
    private static final String TOKEN = "s3cr3t-t0ken";
    private static final AlertEvent EVENT = Events.firing("10.0.0.7:8000", 0);

    @TempDir
    Path folder;

    private HttpServer server;
    private ExecutorService threads;
    private volatile HttpHandler handler = HttpExchange::close;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> handler.handle(exchange));
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void postsJsonWithAKeyThatIsTheSameAtEachAttempt() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        handler = exchange -> {
            seen.add(exchange.getRequestMethod()
                    + ' '
                    + exchange.getRequestURI()
                    + ' '
                    + exchange.getRequestHeaders().getFirst("Content-Type")
                    + ' '
                    + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            answer(exchange, 200, "");
        };
        Webhook webhook = webhook(Format.ALERTMANAGER, Optional.empty());

        assertThat(webhook.send(news(EVENT))).isEqualTo(Answer.DELIVERED);
        assertThat(webhook.send(news(EVENT))).isEqualTo(Answer.DELIVERED);

        String expected = "POST /services/" + TOKEN + " application/json " + Webhook.idempotencyKey(List.of(EVENT));
        assertThat(seen).containsExactly(expected, expected);
    }

    @Test
    void theKeyDoesNotDependOnTheOrderOfEvents() {
        AlertEvent other = Events.firing("10.0.0.8:8000", 0);

        assertThat(Webhook.idempotencyKey(List.of(EVENT, other)))
                .isEqualTo(Webhook.idempotencyKey(List.of(other, EVENT)))
                .isNotEqualTo(Webhook.idempotencyKey(List.of(EVENT)))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void itsOwnFormatIsTheEventsAsTheyStandOnTheTopic() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        handler = exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            answer(exchange, 200, "");
        };
        AlertEvent other = Events.firing("10.0.0.8:8000", 0);

        webhook(Format.VEDETTE, Optional.empty()).send(news(EVENT, other));

        assertThat(bodies).containsExactly("[{\"id\":\"" + EVENT.id() + "\"},{\"id\":\"" + other.id() + "\"}]");
    }

    @Test
    void credentialsAreReadAtEachAttempt() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        handler = exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, 200, "");
        };
        Path file = Files.writeString(folder.resolve("token"), "old\n");
        Webhook webhook =
                webhook(Format.ALERTMANAGER, Optional.of(new Authorization.Token("Bearer", Secret.inFile(file))));

        webhook.send(news(EVENT));
        Files.writeString(file, "new\n");
        webhook.send(news(EVENT));
        Files.writeString(file, "two\nlines");
        Answer illegal = webhook.send(news(EVENT));
        Files.delete(file);
        Answer missing = webhook.send(news(EVENT));

        assertThat(seen).containsExactly("Bearer old", "Bearer new");
        assertThat(illegal).isEqualTo(Answer.retry("the credentials hold characters that an HTTP header can't carry"));
        assertThat(missing).isEqualTo(Answer.retry("cannot read the secret in " + file + " (NoSuchFileException)"));
    }

    @Test
    void basicAuthIsUserAndPassword() throws Exception {
        assertThat(new Authorization.Basic("ops", Secret.of("pw")).header()).isEqualTo("Basic b3BzOnB3");
    }

    @Test
    void aRedirectionIsNotFollowed() throws Exception {
        handler = exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
            answer(exchange, 302, "");
        };

        assertThat(webhook(Format.ALERTMANAGER, Optional.empty()).send(news(EVENT)))
                .isEqualTo(Answer.refused("HTTP 302, and redirections are not followed"));
    }

    @Test
    void retryAfterIsHandedOn() throws Exception {
        handler = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            answer(exchange, 429, "slow down");
        };

        assertThat(webhook(Format.ALERTMANAGER, Optional.empty()).send(news(EVENT)))
                .isEqualTo(new Answer(Outcome.RETRY, "HTTP 429", Optional.of(Duration.ofSeconds(7))));
    }

    @Test
    void aServerThatHangsIsTriedAgain() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        handler = exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Webhook webhook = webhook(Format.ALERTMANAGER, Optional.empty(), Duration.ofMillis(300));

        Answer answer = webhook.send(news(EVENT));
        over.countDown();

        assertThat(answer).isEqualTo(Answer.retry("timeout"));
    }

    @Test
    void aBodyThatNeverEndsHoldsNothingUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        handler = exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        Answer answer = webhook(Format.ALERTMANAGER, Optional.empty()).send(news(EVENT));
        over.countDown();

        assertThat(answer).isEqualTo(Answer.DELIVERED);
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() throws Exception {
        Webhook webhook = webhook(Format.ALERTMANAGER, Optional.empty());
        server.stop(0);

        assertThat(webhook.send(news(EVENT))).isEqualTo(Answer.retry("connection refused"));
    }

    @Test
    void aServerThatHangsUpIsTriedAgain() throws Exception {
        handler = HttpExchange::close;

        Answer answer = webhook(Format.ALERTMANAGER, Optional.empty()).send(news(EVENT));

        assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(answer.reason()).startsWith("connection broken").doesNotContain(TOKEN);
    }

    private Webhook webhook(Format format, Optional<Authorization> authorization) {
        return webhook(format, authorization, Duration.ofSeconds(10));
    }

    private Webhook webhook(Format format, Optional<Authorization> authorization, Duration timeout) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/services/" + TOKEN;
        Destination.Webhook destination = new Destination.Webhook(new Address(Secret.of(url)), format);
        ChannelSettings settings = new ChannelSettings(
                "ops", destination, authorization, List.of(), timeout, ChannelSettings.DEFAULT_MAX_WAIT);
        return new Webhook(settings, destination, "http://127.0.0.1:9780", InstantSource.fixed(Events.START));
    }

    private static List<News> news(AlertEvent... events) {
        return List.of(events).stream().map(Events::news).toList();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
