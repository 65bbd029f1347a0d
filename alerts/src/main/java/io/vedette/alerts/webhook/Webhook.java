package io.vedette.alerts.webhook;

import static java.util.stream.Collectors.joining;

import io.vedette.alerts.channel.Authorization;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.delivery.AlertRecord;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Transport;
import io.vedette.model.alert.AlertEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/**
 * Posts alerts to a URL. Each request has the header {@code Idempotency-Key}: the SHA-256 in hexadecimal of the ids of the body's events, sorted, with
 * line feeds between them. An attempt that is repeated carries the same key, so a receiver can drop what it has.
 */
public final class Webhook implements Transport {
    private final ChannelSettings settings;
    private final AlertmanagerPayload payload;
    private final InstantSource clock;
    private final HttpClient client;

    /**
     * @param externalUrl where people find Vedette; stands in the payload
     * @param clock for {@code Retry-After} given as a date
     */
    public Webhook(ChannelSettings settings, String externalUrl, InstantSource clock) {
        this.settings = settings;
        this.payload = new AlertmanagerPayload(settings.name(), externalUrl);
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public Answer send(List<AlertRecord> alerts) throws InterruptedException {
        HttpRequest request;
        try {
            request = request(alerts);
        } catch (IOException e) {
            // A secret's file is being exchanged, or the URL in it is none: both are mended from outside.
            return Answer.retry(String.valueOf(e.getMessage()));
        }
        try {
            // The status says it all: a body that never ends must not hold up the next alert.
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return HttpAnswers.ofStatus(
                    response.statusCode(), response.headers().firstValue("Retry-After"), clock.instant());
        } catch (IOException e) {
            return HttpAnswers.ofFailure(e);
        }
    }

    private HttpRequest request(List<AlertRecord> alerts) throws IOException {
        List<AlertEvent> events = alerts.stream().map(AlertRecord::event).toList();
        byte[] body =
                switch (settings.format()) {
                    case ALERTMANAGER -> payload.of(events);
                    case VEDETTE -> array(alerts);
                };
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.address().uri())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "vedette")
                .header("Idempotency-Key", idempotencyKey(events))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (settings.authorization().isPresent()) {
            authorize(request, settings.authorization().get());
        }
        return request.build();
    }

    private static void authorize(HttpRequest.Builder request, Authorization authorization) throws IOException {
        try {
            request.header("Authorization", authorization.header());
        } catch (IllegalArgumentException e) {
            // The cause would quote the header.
            throw new IOException("the credentials hold characters that an HTTP header can't carry");
        }
    }

    static String idempotencyKey(List<AlertEvent> events) {
        String ids = events.stream().map(AlertEvent::id).sorted().collect(joining("\n"));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ids.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static byte[] array(List<AlertRecord> alerts) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        array.write('[');
        for (int i = 0; i < alerts.size(); i++) {
            if (i > 0) {
                array.write(',');
            }
            array.writeBytes(alerts.get(i).json());
        }
        array.write(']');
        return array.toByteArray();
    }
}
