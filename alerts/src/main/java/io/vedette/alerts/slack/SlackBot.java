package io.vedette.alerts.slack;

import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.delivery.Outcome;
import io.vedette.alerts.delivery.Pace;
import io.vedette.alerts.delivery.Transport;
import io.vedette.alerts.http.Json;
import io.vedette.alerts.http.JsonPost;
import io.vedette.alerts.message.Message;
import io.vedette.alerts.message.MessageWriter;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.State;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a conversation in Slack as an app's bot: an alert is one message, which is changed as the alert changes, and at its end says so. A changed message
 * makes no sound, so what changed is also said in the message's thread, and to the whole conversation where an alert becomes worse.
 */
public final class SlackBot implements Transport {
    /** What a message is known by: its conversation and its time. */
    private static final Pattern RECEIPT = Pattern.compile("([A-Z0-9]+)/([0-9]+\\.[0-9]+)");

    private final Destination.SlackBot destination;
    private final MessageWriter writer;
    private final JsonPost http;
    private final InstantSource clock;
    /** Slack takes one message a second in a conversation, and short bursts. */
    private final Pace pace = new Pace(1, Duration.ofSeconds(1));

    /**
     * @param settings whose authorization is the bot's token
     * @param destination that of the settings
     */
    public SlackBot(ChannelSettings settings, Destination.SlackBot destination, InstantSource clock) {
        this.destination = destination;
        this.writer = new MessageWriter(destination.wording());
        this.http = new JsonPost(settings, clock);
        this.clock = clock;
    }

    @Override
    public Answer send(List<News> news) throws InterruptedException {
        pace.attempted(clock.instant());
        Message message = writer.write(news);
        Optional<Matcher> posted = news.get(0).receipt().map(RECEIPT::matcher).filter(Matcher::matches);
        return posted.isEmpty() ? post(message) : change(news.get(0), message, posted.get());
    }

    private Answer post(Message message) throws InterruptedException {
        Map<String, Object> body = to(destination.conversation());
        body.putAll(SlackMessage.of(message));
        Answer answer = call("chat.postMessage", body);
        return answer.receipt()
                .map(time -> Answer.delivered(destination.conversation() + '/' + time))
                .orElse(answer);
    }

    /** Changes the message first, which can be repeated, and says so in its thread last. */
    private Answer change(News news, Message message, Matcher posted) throws InterruptedException {
        Map<String, Object> changed = to(posted.group(1));
        changed.put("ts", posted.group(2));
        changed.putAll(SlackMessage.of(message));
        changed.remove("unfurl_links");
        changed.remove("unfurl_media");
        Answer answer = call("chat.update", changed);
        if (answer.outcome() == Outcome.REFUSED) {
            // Somebody deleted it, or it is too old to be changed. The news is the same.
            return post(message);
        }
        return answer.outcome() == Outcome.DELIVERED ? reply(news, message, posted) : answer;
    }

    private Answer reply(News news, Message message, Matcher posted) throws InterruptedException {
        Map<String, Object> reply = to(posted.group(1));
        reply.put("thread_ts", posted.group(2));
        reply.put("reply_broadcast", isWorse(news));
        reply.put("text", SlackText.escaped(message.headline()));
        reply.put("blocks", List.of(SlackMessage.block("section", SlackText.plain(message.headline()))));
        Answer answer = call("chat.postMessage", reply);
        return answer.outcome() == Outcome.RETRY
                ? answer
                // What could be said is said: the message is what it should be.
                : Answer.delivered(posted.group());
    }

    private static boolean isWorse(News news) {
        AlertEvent event = news.event();
        return event.state() == State.FIRING
                && news.open()
                        .filter(before -> before.severity().compareTo(event.severity()) < 0)
                        .isPresent();
    }

    private static Map<String, Object> to(String conversation) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("channel", conversation);
        return body;
    }

    private Answer call(String method, Map<String, Object> body) throws InterruptedException {
        URI uri = destination.api().resolve(method);
        try {
            return http.send(
                    http.request(uri, Json.bytes(body))
                            .setHeader("Content-Type", "application/json; charset=utf-8")
                            .build(),
                    SlackAnswers::ofMethod,
                    SlackAnswers::named);
        } catch (IOException e) {
            return Answer.retry(String.valueOf(e.getMessage()));
        }
    }

    /** Each alert is a message of its own, or it could not change by itself. */
    @Override
    public int mostTogether() {
        return 1;
    }

    @Override
    public Duration pause(Instant now) {
        return pace.pause(now);
    }
}
