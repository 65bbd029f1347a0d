package io.vedette.alerts.webhook;

import static java.util.stream.Collectors.joining;

import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.delivery.AlertRecord;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.delivery.Transport;
import io.vedette.alerts.http.JsonPost;
import io.vedette.model.alert.AlertEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
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
    private final Destination.Webhook destination;
    private final AlertmanagerPayload payload;
    private final JsonPost http;

    /**
     * @param destination that of the settings
     * @param externalUrl where people find Vedette; stands in the payload
     * @param clock for {@code Retry-After} given as a date
     */
    public Webhook(ChannelSettings settings, Destination.Webhook destination, String externalUrl, InstantSource clock) {
        this.destination = destination;
        this.payload = new AlertmanagerPayload(settings.name(), externalUrl);
        this.http = new JsonPost(settings, clock);
    }

    @Override
    public Answer send(List<News> news) throws InterruptedException {
        HttpRequest request;
        try {
            request = request(news.stream().map(News::alert).toList());
        } catch (IOException e) {
            // A secret's file is being exchanged, or the URL in it is none: both are mended from outside.
            return Answer.retry(String.valueOf(e.getMessage()));
        }
        return http.send(request);
    }

    private HttpRequest request(List<AlertRecord> alerts) throws IOException {
        List<AlertEvent> events = alerts.stream().map(AlertRecord::event).toList();
        byte[] body =
                switch (destination.format()) {
                    case ALERTMANAGER -> payload.of(events);
                    case VEDETTE -> array(alerts);
                };
        return http.request(destination.address().uri(), body)
                .header("Idempotency-Key", idempotencyKey(events))
                .build();
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
