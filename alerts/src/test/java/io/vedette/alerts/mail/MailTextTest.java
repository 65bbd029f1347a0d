package io.vedette.alerts.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.alerts.Golden;
import io.vedette.alerts.Stories;
import io.vedette.alerts.channel.Language;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.message.Message;
import io.vedette.alerts.message.MessageWriter;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MailTextTest {
    @ParameterizedTest
    @EnumSource
    void anAlertBeginsChangesAndEnds(Language language) throws IOException {
        assertGolden("firing", language, List.of(Stories.firing()));
        assertGolden("changed", language, List.of(Stories.changed()));
        assertGolden("resolved", language, List.of(Stories.resolved()));
    }

    @Test
    void severalAlertsAreOneMail() throws IOException {
        assertGolden("several", Language.ENGLISH, Stories.several(3));
    }

    @Test
    void nothingFromOutsideIsMarkup() {
        Message message = new MessageWriter(Stories.wording(Language.ENGLISH))
                .write(List.of(
                        Stories.hostile("<a href=\"https://evil.example\">x</a><img src=x onerror='alert(1)'>")));

        assertThat(MailHtml.of(message))
                .doesNotContain("<img")
                .doesNotContain("evil.example\"")
                .doesNotContain("onerror='")
                .doesNotContain("javascript:");
    }

    private static void assertGolden(String name, Language language, List<News> news) throws IOException {
        Message message = new MessageWriter(Stories.wording(language)).write(news);
        Golden.assertText("mail/" + name + '.' + language.word() + ".txt", MailText.of(message));
        Golden.assertText("mail/" + name + '.' + language.word() + ".html", MailHtml.of(message));
    }
}
