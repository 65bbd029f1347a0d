package io.vedette.alerts.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Outcome;
import io.vedette.alerts.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the answers of a service's robots mean: HTTP 200 with a code of its own and a text, where 0 is good.
 *
 * @param service its name
 * @param code names of the field that has the code, of which the first one counts that is there
 * @param text name of the field that has the text
 * @param later codes of what may go well later, and for how long the service wants to be left alone; zero where it doesn't say
 * @param remedies what to do about codes that stay until somebody does
 */
record RobotAnswers(
        String service, List<String> code, String text, Map<Integer, Duration> later, Map<Integer, String> remedies) {
    private static final Duration UNSAID = Duration.ZERO;
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** See https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot */
    static final RobotAnswers FEISHU = new RobotAnswers(
            "Feishu",
            List.of("code", "StatusCode"),
            "msg",
            Map.of(11232, UNSAID, 11233, UNSAID, 11247, UNSAID),
            Map.of(
                    19001, "the webhook's address is wrong or was removed; copy it from the bot's settings again",
                    19002, "the message is not as Feishu wants it; please report this",
                    19021,
                            "the signature does not match; check secret, and this machine's clock, which may be an hour off"
                                    + " at most",
                    19022, "this machine's address is not among those that the bot's settings allow",
                    19024, "the bot wants a keyword; give it the keyword Vedette, which stands in every message",
                    9499, "Feishu cannot read the message or does not know the address; check url"));

    /** See https://open.dingtalk.com/document/robots/custom-robot-access */
    static final RobotAnswers DINGTALK = new RobotAnswers(
            "DingTalk",
            List.of("errcode"),
            "errmsg",
            // Who sends more than 20 a minute is left waiting by DingTalk itself.
            Map.of(-1, UNSAID, 130101, A_MINUTE, 410100, A_MINUTE, 302033, A_MINUTE, 90018, A_MINUTE),
            Map.of(
                    310000,
                            "one of the robot's security settings does not hold: the keyword (use Vedette, which stands in"
                                    + " every message), the signature (check secret and this machine's clock) or the addresses that"
                                    + " are allowed",
                    300001, "the access_token in the address is wrong; copy the webhook again",
                    300005, "the access_token in the address is wrong; copy the webhook again",
                    400101, "the access_token in the address is wrong; copy the webhook again",
                    400102, "the robot is disabled; enable it in the group's settings",
                    400106, "the robot is gone; add one to the group and take its webhook",
                    400013, "the group is gone; add a robot to another one"));

    /** See https://developer.work.weixin.qq.com/document/path/91770 and https://developer.work.weixin.qq.com/document/path/90313 */
    static final RobotAnswers WECOM = new RobotAnswers(
            "WeCom",
            List.of("errcode"),
            "errmsg",
            Map.of(-1, UNSAID, 45009, A_MINUTE, 45033, UNSAID),
            Map.of(
                    93000, "the key in the address is wrong, or the robot was removed; copy the webhook again",
                    93004, "the robot is disabled; enable it in the group's settings",
                    93008, "the robot is no longer in the group; add it again and take its webhook",
                    40058, "the message is not as WeCom wants it; please report this",
                    45002, "the message is longer than WeCom takes; please report this"));

    /** What a reply means whose status is good. */
    Answer of(Reply reply) {
        JsonNode json = reply.json();
        Optional<Integer> found = codeIn(json);
        if (found.isEmpty()) {
            return Answer.retry(
                    "HTTP " + reply.status() + ", but no answer of " + service + "'s; is the address right?");
        }
        int given = found.get();
        if (given == 0) {
            return Answer.DELIVERED;
        }
        String said = Reply.quoted(json.path(text).asText());
        String reason = given + (said.isEmpty() ? "" : " " + said);
        Duration wait = later.get(given);
        if (wait != null || said.contains("too many request")) {
            return new Answer(Outcome.RETRY, reason, Optional.ofNullable(wait).filter(time -> !time.isZero()));
        }
        String remedy = remedies.get(given);
        return Answer.refused(remedy == null ? reason : reason + ": " + remedy);
    }

    /** An answer whose status isn't good, with what the body says of it. */
    Answer named(Reply reply, Answer answer) {
        Optional<Integer> found = codeIn(reply.json());
        if (found.isEmpty() || found.get() == 0) {
            return answer;
        }
        Answer named = of(reply);
        boolean later = answer.outcome() == Outcome.RETRY || named.outcome() == Outcome.RETRY;
        return new Answer(
                later ? Outcome.RETRY : Outcome.REFUSED,
                answer.reason() + ": " + named.reason(),
                answer.retryAfter().or(named::retryAfter));
    }

    private Optional<Integer> codeIn(JsonNode json) {
        return code.stream()
                .map(json::path)
                .filter(JsonNode::canConvertToInt)
                .findFirst()
                .map(JsonNode::intValue);
    }
}
