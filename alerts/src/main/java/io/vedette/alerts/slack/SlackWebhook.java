package io.vedette.alerts.slack;

import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.delivery.Pace;
import io.vedette.alerts.delivery.Transport;
import io.vedette.alerts.http.Json;
import io.vedette.alerts.http.JsonPost;
import io.vedette.alerts.message.MessageWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Tells a conversation in Slack through an incoming webhook. What was posted so can't be changed: each change is a message. */
public final class SlackWebhook implements Transport {
    /** As many as are still read. */
    private static final int MOST_TOGETHER = 10;

    private final Destination.SlackWebhook destination;
    private final MessageWriter writer;
    private final JsonPost http;
    private final InstantSource clock;
    /** Slack takes one a second, and short bursts. */
    private final Pace pace = new Pace(1, Duration.ofSeconds(1));

    /** @param destination that of the settings */
    public SlackWebhook(ChannelSettings settings, Destination.SlackWebhook destination, InstantSource clock) {
        this.destination = destination;
        this.writer = new MessageWriter(destination.wording());
        this.http = new JsonPost(settings, clock);
        this.clock = clock;
    }

    @Override
    public Answer send(List<News> news) throws InterruptedException {
        pace.attempted(clock.instant());
        try {
            byte[] body = Json.bytes(SlackMessage.of(writer.write(news)));
            return http.send(
                    http.request(destination.address().uri(), body).build(),
                    reply -> Answer.DELIVERED,
                    SlackAnswers::named);
        } catch (IOException e) {
            // A secret's file is being exchanged, or the URL in it is none: both are mended from outside.
            return Answer.retry(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public int mostTogether() {
        return MOST_TOGETHER;
    }

    @Override
    public Duration pause(Instant now) {
        return pace.pause(now);
    }
}
