package io.vedette.alerts.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Outcome;
import io.vedette.alerts.http.Reply;
import java.util.Map;
import java.util.Set;

/**
 * What Slack's answers mean. Its methods answer 200 with {@code ok} and {@code error}, its webhooks with a status and an error's name as the body. See
 * https://docs.slack.dev/reference/methods/chat.postMessage and https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
final class SlackAnswers {
    private static final Set<String> LATER = Set.of(
            "ratelimited",
            "rate_limited",
            "message_limit_exceeded",
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org",
            "rollup_error");

    /** What to do about errors that stay until somebody does. */
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("invalid_auth", "the token is none of Slack's; copy the Bot User OAuth Token (xoxb-…) again"),
            Map.entry("not_authed", "no token came with the request; set token, token_file or token_env"),
            Map.entry("token_revoked", "the token was revoked; install the app anew and take its new token"),
            Map.entry("token_expired", "the token has expired; take a new one"),
            Map.entry("account_inactive", "the app was removed from the workspace; install it anew"),
            Map.entry("missing_scope", "give the app the scope chat:write and install it anew"),
            Map.entry("not_in_channel", "invite the app to the channel: /invite @APP"),
            Map.entry(
                    "channel_not_found",
                    "no such channel for this app; check the id, and invite the app: /invite @APP"),
            Map.entry("is_archived", "the channel is archived; choose another one"),
            Map.entry("channel_is_archived", "the channel is archived; make a webhook for another one"),
            Map.entry("restricted_action", "the workspace does not let this app post there; ask an administrator"),
            Map.entry("no_service", "the webhook was removed; make a new one and take its URL"),
            Map.entry("no_service_id", "the webhook's URL is not whole; copy it again"),
            Map.entry("no_active_hooks", "the webhook is disabled; make a new one and take its URL"),
            Map.entry("invalid_token", "the webhook's URL is wrong; copy it again"),
            Map.entry("no_team", "the workspace is gone, or the webhook's URL is wrong"),
            Map.entry("action_prohibited", "an administrator has restricted posting there"),
            Map.entry("posting_to_general_channel_denied", "only some may post to this channel; choose another one"));

    private SlackAnswers() {}

    /** What a reply of one of its methods means. */
    static Answer ofMethod(Reply reply) {
        JsonNode json = reply.json();
        if (json.path("ok").asBoolean()) {
            return Answer.delivered(json.path("ts").asText());
        }
        String error = json.path("error").asText();
        if (error.isEmpty()) {
            return Answer.retry("HTTP 200, but no answer of Slack's; is the address right?");
        }
        return of(error);
    }

    /** An answer whose status isn't good, with the error that the body names. */
    static Answer named(Reply reply, Answer answer) {
        String body = reply.body().strip();
        if (!body.matches("[a-z_]{3,60}")) {
            return answer;
        }
        Answer named = of(body);
        return answer.outcome() == Outcome.RETRY && named.outcome() != Outcome.RETRY
                ? new Answer(answer.outcome(), answer.reason() + ": " + body, answer.retryAfter())
                : new Answer(named.outcome(), answer.reason() + ": " + named.reason(), answer.retryAfter());
    }

    private static Answer of(String error) {
        String name = Reply.quoted(error);
        if (LATER.contains(error)) {
            return Answer.retry(name);
        }
        String remedy = REMEDIES.get(error);
        return Answer.refused(remedy == null ? name : name + ": " + remedy);
    }
}
