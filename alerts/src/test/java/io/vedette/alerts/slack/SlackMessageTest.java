package io.vedette.alerts.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vedette.alerts.Golden;
import io.vedette.alerts.Stories;
import io.vedette.alerts.channel.Language;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.http.Json;
import io.vedette.alerts.message.MessageWriter;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlackMessageTest {
    @ParameterizedTest
    @EnumSource
    void anAlertBeginsChangesAndEnds(Language language) throws IOException {
        assertGolden("firing", language, List.of(Stories.firing()));
        assertGolden("changed", language, List.of(Stories.changed()));
        assertGolden("resolved", language, List.of(Stories.resolved()));
    }

    @Test
    void severalAlertsAreOneMessage() throws IOException {
        assertGolden("several", Language.ENGLISH, Stories.several(3));
    }

    @Test
    void nothingFromOutsideIsMarkup() {
        JsonNode body = body(
                List.of(Stories.hostile("<!channel> <@U1> <https://evil.example|click> & *x*\u202e")),
                Language.ENGLISH);

        assertThat(body.findValuesAsText("text")).noneMatch(text -> text.contains("<!") || text.contains("<@"));
        assertThat(body.findValues("text"))
                .filteredOn(text -> text.isTextual() && text.asText().contains("<"))
                .as("what has < in it is no markup")
                .allSatisfy(text -> assertThat(plainTexts(body)).contains(text.asText()));
        assertThat(body.toString()).doesNotContain("\u202e").doesNotContain("javascript:");
    }

    @Test
    void whatIsTooLongIsCutWithANote() {
        JsonNode body = body(List.of(Stories.hostile("&".repeat(9000))), Language.ENGLISH);

        assertThat(body.findValuesAsText("text")).allMatch(text -> text.length() <= 3000);
        assertThat(body.path("blocks")
                        .path(0)
                        .path("text")
                        .path("text")
                        .asText()
                        .length())
                .isLessThanOrEqualTo(150);
        assertThat(body.toString()).contains("(cut to fit)");
    }

    private static List<String> plainTexts(JsonNode node) {
        List<String> texts = new java.util.ArrayList<>();
        node.findParents("emoji")
                .forEach(object -> texts.add(object.path("text").asText()));
        return texts;
    }

    private static void assertGolden(String name, Language language, List<News> news) throws IOException {
        Golden.assertJson(
                "slack/" + name + '.' + language.word() + ".json",
                Json.bytes(SlackMessage.of(new MessageWriter(Stories.wording(language)).write(news))));
    }

    private static JsonNode body(List<News> news, Language language) {
        return new JsonMapper().valueToTree(SlackMessage.of(new MessageWriter(Stories.wording(language)).write(news)));
    }
}
