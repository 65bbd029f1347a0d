package io.vedette.alerts.message;

import io.vedette.alerts.channel.Language;
import java.util.List;

/**
 * What a person is told, in their language and in no service's format yet: texts hold whatever rules, engines and labels say, and are to be escaped.
 *
 * @param tone what it is to look like
 * @param title one line: how bad, what, where
 * @param lead the sentence that says what happens; may be empty
 * @param fields what else there is to say, in the order of reading
 * @param links where there is more, at least as http or https URLs of harmless characters
 * @param footer one line that nobody has to read
 */
public record Message(
        Language language, Tone tone, String title, String lead, List<Field> fields, List<Link> links, String footer) {
    /** What a message looks like at first sight. */
    public enum Tone {
        CRITICAL("🔴"),
        WARNING("🟠"),
        INFO("🔵"),
        /** All is well again. */
        RECOVERED("✅"),
        /** Over, and yet nothing is known to be well. */
        ENDED("⚪");

        private final String sign;

        Tone(String sign) {
            this.sign = sign;
        }

        /** One character that stands for it. */
        public String sign() {
            return sign;
        }
    }

    /**
     * A thing that is said.
     *
     * @param name what is said, in a word or two
     * @param text lines between line feeds
     * @param brief whether it can stand beside another one
     */
    public record Field(String name, String text, boolean brief) {}

    /** A named address. */
    public record Link(String name, String url) {}

    public Message {
        fields = List.copyOf(fields);
        links = List.copyOf(links);
    }

    /** The title behind the sign of its tone. */
    public String headline() {
        return tone.sign() + ' ' + title;
    }
}
