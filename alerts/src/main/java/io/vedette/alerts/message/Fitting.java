package io.vedette.alerts.message;

import io.vedette.alerts.message.Message.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cuts a message until a service takes it, and says so in the message: a shorter one tells more than one that is refused. */
public final class Fitting {
    private static final int[] LENGTHS = {2000, 1000, 500, 250, 120, 60};

    private Fitting() {}

    /**
     * The message, with long texts cut and, where that isn't enough, with fewer fields.
     *
     * @param fits whether the service takes a message
     */
    public static Message cut(Message message, Predicate<Message> fits) {
        if (fits.test(message)) {
            return message;
        }
        Message cut = message;
        for (int length : LENGTHS) {
            cut = withTexts(message, length);
            if (fits.test(cut)) {
                return cut;
            }
        }
        for (int kept = cut.fields().size() - 1; kept >= 0; kept--) {
            Message fewer = withFields(cut, kept);
            if (fits.test(fewer)) {
                return fewer;
            }
        }
        return withFields(cut, 0);
    }

    private static Message withTexts(Message message, int length) {
        return new Message(
                message.language(),
                message.tone(),
                text(message, message.title(), length),
                text(message, message.lead(), length),
                message.fields().stream()
                        .map(field -> new Field(
                                text(message, field.name(), length),
                                text(message, field.text(), length),
                                field.brief()))
                        .toList(),
                message.links(),
                text(message, message.footer(), length));
    }

    private static Message withFields(Message message, int kept) {
        List<Field> fields = new ArrayList<>(message.fields().subList(0, kept));
        int left = message.fields().size() - kept;
        fields.add(new Field(Phrase.AND_MORE.in(message.language(), left), Phrase.CUT.in(message.language()), false));
        return new Message(
                message.language(),
                message.tone(),
                message.title(),
                message.lead(),
                fields,
                message.links(),
                message.footer());
    }

    private static String text(Message message, String text, int length) {
        return cut(text, length, " … " + Phrase.CUT.in(message.language()));
    }

    /** At most so many characters of a text, with a note where that is not all of it; no character is cut in halves. */
    static String cut(String text, int length, String note) {
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, length)).strip() + note;
    }
}
