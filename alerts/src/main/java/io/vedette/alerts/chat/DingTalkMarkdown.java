package io.vedette.alerts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.vedette.alerts.message.Fitting;
import io.vedette.alerts.message.Message;
import io.vedette.alerts.message.Message.Field;
import java.util.LinkedHashMap;
import java.util.Map;

/** A message as DingTalk's markdown, where a line ends with two spaces before the line feed. See https://open.dingtalk.com/document/robots/custom-robot-access */
final class DingTalkMarkdown {
    /** Of a message, in bytes, as DingTalk says; some are left for what stands around the text. */
    private static final int MOST_BYTES = 19_000;

    private DingTalkMarkdown() {}

    /** The request's body. */
    static Map<String, Object> of(Message whole) {
        Message message = Fitting.cut(whole, one -> text(one).getBytes(UTF_8).length <= MOST_BYTES);
        Map<String, Object> markdown = new LinkedHashMap<>();
        // What the list of conversations and notifications show.
        markdown.put("title", message.headline());
        markdown.put("text", text(message));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("msgtype", "markdown");
        body.put("markdown", markdown);
        body.put("at", Map.of("isAtAll", false));
        return body;
    }

    private static String text(Message message) {
        StringBuilder text = new StringBuilder("### ").append(PlainMarkdown.escaped(message.headline()));
        if (!message.lead().isEmpty()) {
            text.append("\n\n").append(lines(message.lead()));
        }
        for (Field field : message.fields()) {
            text.append("\n\n**")
                    .append(PlainMarkdown.escaped(field.name()))
                    .append("**  \n")
                    .append(lines(field.text()));
        }
        if (!message.links().isEmpty()) {
            text.append("\n\n")
                    .append(message.links().stream()
                            .map(link -> "[" + PlainMarkdown.escaped(link.name()) + "](" + link.url() + ")")
                            .collect(joining(" · ")));
        }
        return text.append("\n\n> ")
                .append(PlainMarkdown.escaped(message.footer()))
                .toString();
    }

    private static String lines(String text) {
        return PlainMarkdown.escaped(text).replace("\n", "  \n");
    }
}
