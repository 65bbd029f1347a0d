package io.vedette.alerts.chat;

import io.vedette.alerts.http.Json;
import io.vedette.alerts.message.Fitting;
import io.vedette.alerts.message.Message;
import io.vedette.alerts.message.Message.Field;
import io.vedette.alerts.message.Message.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A message as an interactive card of Feishu's. See https://open.feishu.cn/document/common-capabilities/message-card/message-cards-content */
final class FeishuCard {
    /** Of a request's body, in bytes; the rest is for what stands around the card. */
    private static final int MOST_BYTES = 19_500;

    private FeishuCard() {}

    /** The card's fields. */
    static Map<String, Object> of(Message whole) {
        return card(Fitting.cut(whole, message -> Json.bytes(card(message)).length <= MOST_BYTES));
    }

    private static Map<String, Object> card(Message message) {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("config", object("wide_screen_mode", true));
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("template", template(message.tone()));
        header.put("title", plain(message.title()));
        card.put("header", header);
        card.put("elements", elements(message));
        return card;
    }

    private static List<Object> elements(Message message) {
        List<Object> elements = new ArrayList<>();
        if (!message.lead().isEmpty()) {
            elements.add(div(plain(message.lead())));
        }
        List<Object> beside = new ArrayList<>();
        for (Field field : message.fields()) {
            if (field.brief()) {
                Map<String, Object> one = object("is_short", true);
                one.put("text", markdown(name(field) + '\n' + PlainMarkdown.escaped(field.text())));
                beside.add(one);
            } else {
                addFields(beside, elements);
                elements.add(div(markdown(name(field))));
                elements.add(div(plain(field.text())));
            }
        }
        addFields(beside, elements);
        if (!message.links().isEmpty()) {
            Map<String, Object> action = object("tag", "action");
            action.put(
                    "actions", message.links().stream().map(FeishuCard::button).toList());
            elements.add(action);
        }
        Map<String, Object> note = object("tag", "note");
        note.put("elements", List.of(plain(message.footer())));
        elements.add(note);
        return elements;
    }

    private static void addFields(List<Object> beside, List<Object> elements) {
        if (!beside.isEmpty()) {
            Map<String, Object> div = object("tag", "div");
            div.put("fields", List.copyOf(beside));
            elements.add(div);
            beside.clear();
        }
    }

    private static String name(Field field) {
        return "**" + PlainMarkdown.escaped(field.name()) + "**";
    }

    private static Map<String, Object> button(Link link) {
        Map<String, Object> button = object("tag", "button");
        button.put("text", plain(link.name()));
        button.put("type", "default");
        button.put("url", link.url());
        return button;
    }

    private static Map<String, Object> div(Map<String, Object> text) {
        Map<String, Object> div = object("tag", "div");
        div.put("text", text);
        return div;
    }

    private static Map<String, Object> plain(String text) {
        Map<String, Object> object = object("tag", "plain_text");
        object.put("content", text);
        return object;
    }

    private static Map<String, Object> markdown(String text) {
        Map<String, Object> object = object("tag", "lark_md");
        object.put("content", text);
        return object;
    }

    private static Map<String, Object> object(String key, Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(key, value);
        return object;
    }

    private static String template(Message.Tone tone) {
        return switch (tone) {
            case CRITICAL -> "red";
            case WARNING -> "orange";
            case INFO -> "blue";
            case RECOVERED -> "green";
            case ENDED -> "grey";
        };
    }
}
