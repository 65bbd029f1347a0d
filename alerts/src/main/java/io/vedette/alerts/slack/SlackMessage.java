package io.vedette.alerts.slack;

import static java.util.stream.Collectors.joining;

import io.vedette.alerts.message.Fitting;
import io.vedette.alerts.message.Message;
import io.vedette.alerts.message.Message.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message as Slack takes it: the headline as a header, all else in an attachment, whose bar has the colour. The text is what notifications show. See
 * https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/messaging/formatting-message-text
 */
final class SlackMessage {
    private static final int MOST_IN_A_HEADER = 150;
    private static final int MOST_IN_A_SECTION = 3000;
    private static final int MOST_IN_A_FIELD = 2000;
    private static final int MOST_FIELDS = 10;
    private static final int MOST_BLOCKS = 50;

    private SlackMessage() {}

    /** The fields of the request's body that say what the message looks like. */
    static Map<String, Object> of(Message whole) {
        Message message = Fitting.cut(whole, SlackMessage::fits);
        Map<String, Object> attachment = new LinkedHashMap<>();
        attachment.put("color", color(message.tone()));
        attachment.put("blocks", blocks(message));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("text", SlackText.escaped(message.headline()));
        body.put("blocks", List.of(block("header", SlackText.plain(message.headline()))));
        body.put("attachments", List.of(attachment));
        body.put("unfurl_links", false);
        body.put("unfurl_media", false);
        return body;
    }

    private static List<Map<String, Object>> blocks(Message message) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        if (!message.lead().isEmpty()) {
            blocks.add(block("section", SlackText.markup(SlackText.escaped(message.lead()))));
        }
        List<Object> beside = new ArrayList<>();
        for (Field field : message.fields()) {
            if (field.brief()) {
                beside.add(SlackText.markup(text(field)));
            } else {
                addFields(beside, blocks);
                blocks.add(block("section", SlackText.markup(text(field))));
            }
        }
        addFields(beside, blocks);
        String links = message.links().stream()
                .map(link -> "<" + SlackText.escaped(link.url()) + "|" + SlackText.escaped(link.name()) + ">")
                .collect(joining("  ·  "));
        if (!links.isEmpty()) {
            blocks.add(block("section", SlackText.markup(links)));
        }
        Map<String, Object> footer = new LinkedHashMap<>();
        footer.put("type", "context");
        footer.put("elements", List.of(SlackText.plain(message.footer())));
        blocks.add(footer);
        return blocks;
    }

    private static void addFields(List<Object> beside, List<Map<String, Object>> blocks) {
        if (!beside.isEmpty()) {
            Map<String, Object> section = new LinkedHashMap<>();
            section.put("type", "section");
            section.put("fields", List.copyOf(beside));
            blocks.add(section);
            beside.clear();
        }
    }

    private static String text(Field field) {
        // A star within the name would end it early.
        return "*" + SlackText.escaped(field.name()).replace('*', '∗') + "*\n" + SlackText.escaped(field.text());
    }

    static Map<String, Object> block(String type, Map<String, Object> text) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", type);
        block.put("text", text);
        return block;
    }

    private static boolean fits(Message message) {
        return message.headline().length() <= MOST_IN_A_HEADER
                && SlackText.escaped(message.lead()).length() <= MOST_IN_A_SECTION
                && message.fields().stream()
                        .allMatch(
                                field -> text(field).length() <= (field.brief() ? MOST_IN_A_FIELD : MOST_IN_A_SECTION))
                && message.fields().stream().filter(Field::brief).count() <= MOST_FIELDS
                && blocks(message).size() <= MOST_BLOCKS;
    }

    private static String color(Message.Tone tone) {
        return switch (tone) {
            case CRITICAL -> "#c62828";
            case WARNING -> "#ef8e00";
            case INFO -> "#1565c0";
            case RECOVERED -> "#2e7d32";
            case ENDED -> "#757575";
        };
    }
}
