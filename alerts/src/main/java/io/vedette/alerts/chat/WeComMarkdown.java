package io.vedette.alerts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.vedette.alerts.message.Fitting;
import io.vedette.alerts.message.Message;
import io.vedette.alerts.message.Message.Field;
import java.util.LinkedHashMap;
import java.util.Map;

/** A message as WeCom's markdown. See https://developer.work.weixin.qq.com/document/path/91770 */
final class WeComMarkdown {
    private static final int MOST_BYTES = 4096;

    private WeComMarkdown() {}

    /** The request's body. */
    static Map<String, Object> of(Message whole) {
        Message message = Fitting.cut(whole, one -> content(one).getBytes(UTF_8).length <= MOST_BYTES);
        Map<String, Object> markdown = new LinkedHashMap<>();
        markdown.put("content", content(message));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("msgtype", "markdown");
        body.put("markdown", markdown);
        return body;
    }

    private static String content(Message message) {
        StringBuilder text = new StringBuilder("**<font color=\"")
                .append(color(message.tone()))
                .append("\">")
                .append(PlainMarkdown.escaped(message.headline()))
                .append("</font>**");
        if (!message.lead().isEmpty()) {
            text.append('\n').append(PlainMarkdown.escaped(message.lead()));
        }
        for (Field field : message.fields()) {
            text.append("\n**")
                    .append(PlainMarkdown.escaped(field.name()))
                    .append(field.brief() ? "** " : "**\n")
                    .append(PlainMarkdown.escaped(field.text()));
        }
        if (!message.links().isEmpty()) {
            text.append('\n')
                    .append(message.links().stream()
                            .map(link -> "[" + PlainMarkdown.escaped(link.name()) + "](" + link.url() + ")")
                            .collect(joining(" · ")));
        }
        return text.append("\n<font color=\"comment\">")
                .append(PlainMarkdown.escaped(message.footer()))
                .append("</font>")
                .toString();
    }

    /** There are three colours: orange, green and grey. */
    private static String color(Message.Tone tone) {
        return switch (tone) {
            case CRITICAL, WARNING -> "warning";
            case RECOVERED -> "info";
            case INFO, ENDED -> "comment";
        };
    }
}
