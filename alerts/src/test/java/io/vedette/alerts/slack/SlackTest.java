package io.vedette.alerts.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.alerts.AdvancingClock;
import io.vedette.alerts.Events;
import io.vedette.alerts.ServiceServer;
import io.vedette.alerts.ServiceServer.Reply;
import io.vedette.alerts.ServiceServer.Request;
import io.vedette.alerts.Stories;
import io.vedette.alerts.channel.Address;
import io.vedette.alerts.channel.Authorization;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.Language;
import io.vedette.alerts.channel.Secret;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Outcome;
import io.vedette.alerts.delivery.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTest {
    private static final String TOKEN = "xoxb-s3cr3t";
    private static final String CONVERSATION = "C0123456789";
    private static final String POSTED = CONVERSATION + "/1770457660.000100";

    private final AdvancingClock clock = new AdvancingClock(Events.START);

    private ServiceServer slack;

    @BeforeEach
    void start() throws IOException {
        slack = new ServiceServer(SlackTest::answer);
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    /** As Slack does: the token is checked, and what is changed must be there. */
    private static Reply answer(Request request) {
        if (request.path().startsWith("/services/")) {
            return Reply.ok("ok");
        }
        if (!request.headers().getOrDefault("Authorization", List.of()).contains("Bearer " + TOKEN)) {
            return Reply.ok("{\"ok\":false,\"error\":\"invalid_auth\"}");
        }
        boolean update = request.path().equals("/api/chat.update");
        String ts = update ? request.body().path("ts").asText() : "1770457660.000100";
        return Reply.ok("{\"ok\":true,\"channel\":\"" + CONVERSATION + "\",\"ts\":\"" + ts + "\"}");
    }

    @Test
    void aWebhookTakesEachChangeAsAMessage() throws Exception {
        Transport webhook = webhook();

        assertThat(webhook.send(List.of(Stories.firing()))).isEqualTo(Answer.DELIVERED);
        assertThat(webhook.send(List.of(Stories.resolved()))).isEqualTo(Answer.DELIVERED);

        assertThat(slack.requests()).extracting(Request::path).containsExactly("/services/T/B/x", "/services/T/B/x");
        assertThat(slack.requests().get(1).body().path("text").asText())
                .isEqualTo("✅ RESOLVED: queue-blocked on 10.0.0.7:8000 (glm-4.7-flash)");
    }

    @Test
    void aBotsMessageIsKnownByConversationAndTime() throws Exception {
        Answer answer = bot(TOKEN).send(List.of(Stories.firing()));

        assertThat(answer).isEqualTo(Answer.delivered(POSTED));
        assertThat(slack.requests()).extracting(Request::path).containsExactly("/api/chat.postMessage");
        assertThat(slack.requests().get(0).body().path("channel").asText()).isEqualTo(CONVERSATION);
    }

    @Test
    void anAlertThatBecomesWorseChangesItsMessageAndIsSaidToAll() throws Exception {
        Answer answer = bot(TOKEN).send(List.of(Events.news(Stories.CHANGED, Stories.FIRING, POSTED)));

        assertThat(answer).isEqualTo(Answer.delivered(POSTED));
        assertThat(slack.requests())
                .extracting(Request::path)
                .containsExactly("/api/chat.update", "/api/chat.postMessage");
        assertThat(slack.requests().get(0).body().path("ts").asText()).isEqualTo("1770457660.000100");
        JsonNode reply = slack.requests().get(1).body();
        assertThat(reply.path("thread_ts").asText()).isEqualTo("1770457660.000100");
        assertThat(reply.path("reply_broadcast").asBoolean()).isTrue();
        assertThat(reply.path("text").asText()).startsWith("🔴 CRITICAL (was WARNING): queue-blocked");
    }

    @Test
    void theEndIsSaidInTheMessageAndItsThread() throws Exception {
        bot(TOKEN).send(List.of(Events.news(Stories.RESOLVED, Stories.CHANGED, POSTED)));

        assertThat(slack.requests()
                        .get(0)
                        .body()
                        .path("attachments")
                        .path(0)
                        .path("color")
                        .asText())
                .isEqualTo("#2e7d32");
        assertThat(slack.requests().get(1).body().path("reply_broadcast").asBoolean())
                .isFalse();
    }

    @Test
    void aMessageThatWasDeletedIsPostedAnew() throws Exception {
        slack.answers(200, "{\"ok\":false,\"error\":\"message_not_found\"}");

        Answer answer =
                bot(TOKEN).send(List.of(Events.news(Stories.CHANGED, Stories.FIRING, CONVERSATION + "/1.000001")));

        assertThat(answer).isEqualTo(Answer.delivered(POSTED));
        assertThat(slack.requests())
                .extracting(Request::path)
                .containsExactly("/api/chat.update", "/api/chat.postMessage");
        assertThat(slack.requests().get(1).body().has("thread_ts")).isFalse();
    }

    @Test
    void aThreadThatIsSlowIsTriedAgainFromTheStart() throws Exception {
        slack.answers(200, "{\"ok\":true,\"ts\":\"1.1\"}").answers(200, "{\"ok\":false,\"error\":\"internal_error\"}");

        assertThat(bot(TOKEN).send(List.of(Events.news(Stories.CHANGED, Stories.FIRING, POSTED))))
                .isEqualTo(Answer.retry("internal_error"));
    }

    @Test
    void retryAfterIsHonoured() throws Exception {
        Reply limited = new Reply(429, "{\"ok\":false,\"error\":\"ratelimited\"}", Map.of("Retry-After", "30"));
        slack.answers(limited).answers(new Reply(429, "rate_limited", Map.of("Retry-After", "30")));

        assertThat(bot(TOKEN).send(List.of(Stories.firing())))
                .isEqualTo(new Answer(Outcome.RETRY, "HTTP 429", Optional.of(Duration.ofSeconds(30))));
        assertThat(webhook().send(List.of(Stories.firing())).retryAfter()).contains(Duration.ofSeconds(30));
    }

    @Test
    void aWrongTokenIsRefusedAndNotTold() throws Exception {
        Answer answer = bot("xoxb-0ther").send(List.of(Stories.firing()));

        assertThat(answer)
                .isEqualTo(Answer.refused(
                        "invalid_auth: the token is none of Slack's; copy the Bot User OAuth Token (xoxb-…) again"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_payload, REFUSED, HTTP 400: invalid_payload",
        "403, invalid_token, REFUSED, HTTP 403: invalid_token: the webhook's URL is wrong; copy it again",
        "404, no_service, REFUSED, 'HTTP 404: no_service: the webhook was removed; make a new one and take its URL'",
        "404, <html>not here</html>, REFUSED, HTTP 404",
        "410, channel_is_archived, REFUSED, HTTP 410: channel_is_archived: the channel is archived; make a webhook for another one",
        "500, rollup_error, RETRY, HTTP 500: rollup_error",
        "503, '', RETRY, HTTP 503"
    })
    void aWebhooksErrorsAreSorted(int status, String body, Outcome outcome, String reason) throws Exception {
        slack.answers(status, body);

        Answer answer = webhook().send(List.of(Stories.firing()));

        assertThat(answer).isEqualTo(new Answer(outcome, reason, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"ok\":false,\"error\":\"not_in_channel\"}', REFUSED, not_in_channel: invite the app to the channel: /invite @APP",
        "'{\"ok\":false,\"error\":\"fatal_error\"}', RETRY, fatal_error",
        "'<html>', RETRY, 'HTTP 200, but no answer of Slack''s; is the address right?'"
    })
    void aMethodsErrorsAreSorted(String body, Outcome outcome, String reason) throws Exception {
        slack.answers(200, body);

        assertThat(bot(TOKEN).send(List.of(Stories.firing()))).isEqualTo(new Answer(outcome, reason, Optional.empty()));
    }

    @Test
    void whatHangsOrBreaksOffIsTriedAgain() throws Exception {
        slack.hangs().hangsInItsBody().hangsUp();
        Transport bot = bot(TOKEN, Duration.ofMillis(300));

        assertThat(bot.send(List.of(Stories.firing()))).isEqualTo(Answer.retry("timeout"));
        assertThat(bot.send(List.of(Stories.firing()))).isEqualTo(Answer.retry("timeout"));
        Answer broken = bot.send(List.of(Stories.firing()));

        assertThat(broken.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(broken.reason()).startsWith("connection broken");
    }

    @Test
    void oneMessageASecondIsEnough() throws Exception {
        Transport bot = bot(TOKEN);

        assertThat(bot.pause(clock.instant())).isZero();
        bot.send(List.of(Stories.firing()));
        assertThat(bot.pause(clock.instant())).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(bot.pause(clock.instant())).isZero();
    }

    private SlackWebhook webhook() {
        Destination.SlackWebhook destination = new Destination.SlackWebhook(
                new Address(Secret.of(slack.url() + "/services/T/B/x")), Stories.wording(Language.ENGLISH));
        return new SlackWebhook(settings(destination, Optional.empty(), Duration.ofSeconds(10)), destination, clock);
    }

    private SlackBot bot(String token) {
        return bot(token, Duration.ofSeconds(10));
    }

    private SlackBot bot(String token, Duration timeout) {
        Destination.SlackBot destination = new Destination.SlackBot(
                URI.create(slack.url() + "/api/"), CONVERSATION, Stories.wording(Language.ENGLISH));
        Authorization authorization = new Authorization.Token("Bearer", Secret.of(token));
        return new SlackBot(settings(destination, Optional.of(authorization), timeout), destination, clock);
    }

    private static ChannelSettings settings(
            Destination destination, Optional<Authorization> authorization, Duration timeout) {
        return new ChannelSettings(
                "chat", destination, authorization, List.of(), timeout, ChannelSettings.DEFAULT_MAX_WAIT);
    }
}
