package io.vedette.alerts.chat;

import io.vedette.alerts.channel.Address;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.Secret;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.delivery.Pace;
import io.vedette.alerts.delivery.Transport;
import io.vedette.alerts.http.Json;
import io.vedette.alerts.http.JsonPost;
import io.vedette.alerts.message.Message;
import io.vedette.alerts.message.MessageWriter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells a group through its robot: Feishu's, DingTalk's or WeCom's. What was posted so can't be changed: each change is a message. */
public final class Robot implements Transport {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Service service;
    private final MessageWriter writer;
    private final JsonPost http;
    private final InstantSource clock;

    /** What services do each in their own way. */
    private record Service(RobotAnswers answers, int mostTogether, List<Pace> paces, Posting posting) {}

    /** What is posted where. */
    private record Post(URI uri, Map<String, Object> body) {}

    /** Makes a message what a service takes. */
    @FunctionalInterface
    private interface Posting {
        Post of(Message message, Instant now) throws IOException;
    }

    private Robot(ChannelSettings settings, Destination.Chat destination, InstantSource clock, Service service) {
        this.service = service;
        this.writer = new MessageWriter(destination.wording());
        this.http = new JsonPost(settings, clock);
        this.clock = clock;
    }

    /**
     * Tells a group of Feishu's.
     *
     * @param destination that of the settings
     */
    public static Robot feishu(ChannelSettings settings, Destination.Feishu destination, InstantSource clock) {
        return new Robot(
                settings,
                destination,
                clock,
                new Service(
                        RobotAnswers.FEISHU,
                        10,
                        List.of(new Pace(5, Duration.ofSeconds(1)), new Pace(100, A_MINUTE)),
                        (message, now) -> feishu(destination.address(), destination.secret(), message, now)));
    }

    /**
     * Tells a group of DingTalk's.
     *
     * @param destination that of the settings
     */
    public static Robot dingTalk(ChannelSettings settings, Destination.DingTalk destination, InstantSource clock) {
        return new Robot(
                settings,
                destination,
                clock,
                new Service(
                        RobotAnswers.DINGTALK,
                        10,
                        List.of(new Pace(20, A_MINUTE)),
                        (message, now) -> new Post(
                                signed(destination.address().uri(), destination.secret(), now),
                                DingTalkMarkdown.of(message))));
    }

    /**
     * Tells a group of WeCom's.
     *
     * @param destination that of the settings
     */
    public static Robot weCom(ChannelSettings settings, Destination.WeCom destination, InstantSource clock) {
        return new Robot(
                settings,
                destination,
                clock,
                new Service(
                        RobotAnswers.WECOM,
                        5,
                        List.of(new Pace(20, A_MINUTE)),
                        (message, now) -> new Post(destination.address().uri(), WeComMarkdown.of(message))));
    }

    private static Post feishu(Address address, Optional<Secret> secret, Message message, Instant now)
            throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        if (secret.isPresent()) {
            String timestamp = Long.toString(now.getEpochSecond());
            body.put("timestamp", timestamp);
            body.put("sign", Signature.feishu(timestamp, secret.get().reveal()));
        }
        body.put("msg_type", "interactive");
        body.put("card", FeishuCard.of(message));
        return new Post(address.uri(), body);
    }

    private static URI signed(URI webhook, Optional<Secret> secret, Instant now) throws IOException {
        if (secret.isEmpty()) {
            return webhook;
        }
        String timestamp = Long.toString(now.toEpochMilli());
        String sign =
                URLEncoder.encode(Signature.dingTalk(timestamp, secret.get().reveal()), StandardCharsets.UTF_8);
        String separator = webhook.getRawQuery() == null ? "?" : "&";
        return URI.create(webhook + separator + "timestamp=" + timestamp + "&sign=" + sign);
    }

    @Override
    public Answer send(List<News> news) throws InterruptedException {
        Instant now = clock.instant();
        service.paces().forEach(pace -> pace.attempted(now));
        try {
            Post post = service.posting().of(writer.write(news), now);
            return http.send(
                    http.request(post.uri(), Json.bytes(post.body())).build(),
                    service.answers()::of,
                    service.answers()::named);
        } catch (IOException e) {
            // A secret's file is being exchanged, or the URL in it is none: both are mended from outside.
            return Answer.retry(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public int mostTogether() {
        return service.mostTogether();
    }

    @Override
    public Duration pause(Instant now) {
        return service.paces().stream()
                .map(pace -> pace.pause(now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
