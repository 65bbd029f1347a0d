package io.vedette.alerts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.alerts.AdvancingClock;
import io.vedette.alerts.Events;
import io.vedette.alerts.Golden;
import io.vedette.alerts.ServiceServer;
import io.vedette.alerts.ServiceServer.Reply;
import io.vedette.alerts.ServiceServer.Request;
import io.vedette.alerts.Stories;
import io.vedette.alerts.channel.Address;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.Language;
import io.vedette.alerts.channel.Secret;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.delivery.Outcome;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RobotTest {
    private static final String SECRET = "s3cr3t";

    private final AdvancingClock clock = new AdvancingClock(Events.START);

    private ServiceServer server;

    /** The services whose robots these are. */
    enum Kind {
        FEISHU,
        DINGTALK,
        WECOM
    }

    @BeforeEach
    void start() throws IOException {
        server = new ServiceServer(this::answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** As the services do: signatures and times are checked, and a limit on size and rate is kept. */
    private Reply answer(Request request) {
        try {
            return switch (request.path()) {
                case "/open-apis/bot/v2/hook/x" -> feishu(request.body());
                case "/robot/send" -> dingTalk(request);
                case "/cgi-bin/webhook/send" -> weCom(request.body());
                default -> new Reply(404, "", Map.of());
            };
        } catch (Exception e) {
            return new Reply(500, String.valueOf(e), Map.of());
        }
    }

    private Reply feishu(JsonNode body) throws Exception {
        String time = body.path("timestamp").asText();
        boolean late = Math.abs(Long.parseLong(time) - clock.instant().getEpochSecond()) > 3600;
        if (late || !hmac(time + '\n' + SECRET, "").equals(body.path("sign").asText())) {
            return Reply.ok(
                    "{\"code\":19021,\"data\":{},\"msg\":\"sign match fail or timestamp is not within one hour\"}");
        }
        return body.toString().getBytes(UTF_8).length > 20_000
                ? Reply.ok("{\"code\":9499,\"msg\":\"Bad Request\"}")
                : Reply.ok(
                        "{\"StatusCode\":0,\"StatusMessage\":\"success\",\"code\":0,\"data\":{},\"msg\":\"success\"}");
    }

    private Reply dingTalk(Request request) throws Exception {
        String time = parameter(request, "timestamp");
        boolean late = Math.abs(Long.parseLong(time) - clock.instant().toEpochMilli()) > 3_600_000;
        if (late || !hmac(SECRET, time + '\n' + SECRET).equals(parameter(request, "sign"))) {
            return Reply.ok("{\"errcode\":310000,\"errmsg\":\"sign not match\"}");
        }
        return request.body().toString().getBytes(UTF_8).length > 20_000
                ? Reply.ok("{\"errcode\":460101,\"errmsg\":\"message too long\"}")
                : Reply.ok("{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    private static Reply weCom(JsonNode body) {
        return body.path("markdown").path("content").asText().getBytes(UTF_8).length > 4096
                ? Reply.ok("{\"errcode\":40058,\"errmsg\":\"markdown.content exceed max length 4096\"}")
                : Reply.ok("{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    private static String parameter(Request request, String name) {
        Matcher value = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(request.query());
        return value.find() ? URLDecoder.decode(value.group(1), UTF_8) : "";
    }

    private static String hmac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @EnumSource
    void anAlertBeginsChangesAndEnds(Kind kind) throws Exception {
        for (Language language : Language.values()) {
            assertPosted(kind, "firing", language, List.of(Stories.firing()));
            assertPosted(kind, "changed", language, List.of(Stories.changed()));
            assertPosted(kind, "resolved", language, List.of(Stories.resolved()));
        }
        assertPosted(kind, "several", Language.ENGLISH, Stories.several(3));
    }

    private void assertPosted(Kind kind, String name, Language language, List<News> news) throws Exception {
        Answer answer = robot(kind, language, SECRET).send(news);

        assertThat(answer).isEqualTo(Answer.DELIVERED);
        Golden.assertJson(
                kind.name().toLowerCase(Locale.ROOT) + '/' + name + '.' + language.word() + ".json",
                newest().body().toString().getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTooLongIsCutAndTaken(Kind kind) throws Exception {
        Robot robot = robot(kind, Language.CHINESE, SECRET);

        assertThat(robot.send(List.of(Stories.hostile("长".repeat(30_000))))).isEqualTo(Answer.DELIVERED);
        assertThat(newest().body().toString()).contains("（过长已截断）");
        assertThat(robot.send(Stories.several(robot.mostTogether()))).isEqualTo(Answer.DELIVERED);
        assertThat(newest().body().toString())
                .as("as many as go together fit uncut")
                .doesNotContain("过长已截断");
    }

    @ParameterizedTest
    @EnumSource
    void nothingFromOutsideIsMarkup(Kind kind) throws Exception {
        robot(kind, Language.ENGLISH, SECRET)
                .send(
                        List.of(
                                Stories.hostile(
                                        "<at id=all></at> <@all> @all [x](https://evil.example) ![i](https://evil.example) **b** `c` # h")));

        List<String> marked = marked(newest().body());
        assertThat(marked).isNotEmpty().noneMatch(text -> text.contains("<at") || text.contains("<@"));
        assertThat(marked).noneMatch(text -> text.contains("https://evil") || text.contains("@all"));
        assertThat(newest().body().toString()).doesNotContain("javascript:");
    }

    /** The texts that a service looks for marks in. */
    private static List<String> marked(JsonNode body) {
        List<String> texts = new ArrayList<>();
        body.findParents("tag").stream()
                .filter(text -> text.path("tag").asText().equals("lark_md"))
                .forEach(text -> texts.add(text.path("content").asText()));
        JsonNode markdown = body.path("markdown");
        markdown.forEach(text -> texts.add(text.asText()));
        texts.removeIf(text -> text.equals(markdown.path("title").asText()));
        return texts;
    }

    /** Computed with Python, as in the services' own documents. */
    @Test
    void signaturesAreThoseThatTheServicesCompute() {
        assertThat(Signature.feishu("1599360473", "demo")).isEqualTo("l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
        assertThat(Signature.dingTalk("1577262236757", "this is secret"))
                .isEqualTo("hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=");
    }

    @ParameterizedTest
    @CsvSource({
        "FEISHU, '19021 sign match fail or timestamp is not within one hour: the signature does not match; check secret'",
        "DINGTALK, '310000 sign not match: one of the robot''s security settings does not hold'"
    })
    void aWrongSecretIsRefusedAndNotTold(Kind kind, String reason) throws Exception {
        Answer answer = robot(kind, Language.ENGLISH, "0ther").send(List.of(Stories.firing()));

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.reason()).startsWith(reason).doesNotContain("0ther");
    }

    @ParameterizedTest
    @CsvSource({
        "FEISHU, 200, '{\"code\":11232,\"msg\":\"frequency limited\"}', RETRY, 11232 frequency limited, ",
        "FEISHU, 200, '{\"code\":9499,\"msg\":\"too many request\"}', RETRY, 9499 too many request, ",
        "FEISHU, 200, '{\"code\":9499,\"msg\":\"Bad Request\"}', REFUSED, 9499 Bad Request: , ",
        "FEISHU, 200, '{\"code\":19024,\"msg\":\"Key Words Not Found\"}', REFUSED, 19024 Key Words Not Found: the bot wants, ",
        "FEISHU, 400, '{\"code\":19001,\"msg\":\"param invalid\"}', REFUSED, HTTP 400: 19001 param invalid: the webhook's address, ",
        "FEISHU, 429, '{\"code\":99991400,\"msg\":\"request trigger frequency limit\"}', RETRY, HTTP 429: 99991400 request, ",
        "FEISHU, 200, <html>, RETRY, 'HTTP 200, but no answer of Feishu''s', ",
        "DINGTALK, 200, '{\"errcode\":130101,\"errmsg\":\"send too fast\"}', RETRY, 130101 send too fast, PT1M",
        "DINGTALK, 200, '{\"errcode\":310000,\"errmsg\":\"keywords not in content\"}', REFUSED, 310000 keywords not in content: , ",
        "DINGTALK, 200, '{\"errcode\":300001,\"errmsg\":\"token is not exist\"}', REFUSED, 300001 token is not exist: the access_token, ",
        "DINGTALK, 502, '', RETRY, HTTP 502, ",
        "WECOM, 200, '{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}', RETRY, 45009 api freq out of limit, PT1M",
        "WECOM, 200, '{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}', REFUSED, 93000 invalid webhook url: the key, ",
        "WECOM, 200, '{\"errcode\":77777,\"errmsg\":\"new\"}', REFUSED, 77777 new, "
    })
    void answersAreSortedByTheServicesOwnCodes(
            Kind kind, int status, String body, Outcome outcome, String reason, Duration wait) throws Exception {
        server.answers(status, body);

        Answer answer = robot(kind, Language.ENGLISH, SECRET).send(List.of(Stories.firing()));

        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.reason()).startsWith(reason);
        assertThat(answer.retryAfter()).isEqualTo(Optional.ofNullable(wait));
    }

    @ParameterizedTest
    @EnumSource
    void whatHangsOrBreaksOffIsTriedAgain(Kind kind) throws Exception {
        server.hangs().hangsInItsBody().hangsUp();
        Robot robot = robot(kind, Language.ENGLISH, SECRET, Duration.ofMillis(300));

        assertThat(robot.send(List.of(Stories.firing()))).isEqualTo(Answer.retry("timeout"));
        assertThat(robot.send(List.of(Stories.firing()))).isEqualTo(Answer.retry("timeout"));
        assertThat(robot.send(List.of(Stories.firing())).reason()).startsWith("connection broken");
    }

    @ParameterizedTest
    @CsvSource({"FEISHU, 5, PT1S", "DINGTALK, 20, PT1M", "WECOM, 20, PT1M"})
    void theServicesRateIsKept(Kind kind, int most, Duration stretch) throws Exception {
        Robot robot = robot(kind, Language.ENGLISH, SECRET);
        for (int i = 0; i < most; i++) {
            assertThat(robot.pause(clock.instant())).isZero();
            robot.send(List.of(Stories.firing()));
        }

        assertThat(robot.pause(clock.instant())).isEqualTo(stretch);
        clock.advance(stretch);
        assertThat(robot.pause(clock.instant())).isZero();
    }

    private Request newest() {
        return server.requests().get(server.requests().size() - 1);
    }

    private Robot robot(Kind kind, Language language, String secret) {
        return robot(kind, language, secret, Duration.ofSeconds(10));
    }

    private Robot robot(Kind kind, Language language, String secret, Duration timeout) {
        Optional<Secret> sign = Optional.of(Secret.of(secret));
        return switch (kind) {
            case FEISHU -> {
                var destination =
                        new Destination.Feishu(address("/open-apis/bot/v2/hook/x"), sign, Stories.wording(language));
                yield Robot.feishu(settings(destination, timeout), destination, clock);
            }
            case DINGTALK -> {
                var destination = new Destination.DingTalk(
                        address("/robot/send?access_token=x"), sign, Stories.wording(language));
                yield Robot.dingTalk(settings(destination, timeout), destination, clock);
            }
            case WECOM -> {
                var destination =
                        new Destination.WeCom(address("/cgi-bin/webhook/send?key=x"), Stories.wording(language));
                yield Robot.weCom(settings(destination, timeout), destination, clock);
            }
        };
    }

    private Address address(String path) {
        return new Address(Secret.of(server.url() + path));
    }

    private static ChannelSettings settings(Destination destination, Duration timeout) {
        return new ChannelSettings(
                "group", destination, Optional.empty(), List.of(), timeout, ChannelSettings.DEFAULT_MAX_WAIT);
    }
}
