package io.vedette.ingest.cards;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Finds elements and their values by names. Pure. */
final class XmlElements {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");

    private XmlElements() {}

    /** What is not there is {@code N/A}, {@code [N/A]}, {@code Requested functionality has been deprecated} or the like. */
    static OptionalDouble number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.lookingAt() ? OptionalDouble.of(Double.parseDouble(matcher.group())) : OptionalDouble.empty();
    }

    /** The text at a path of names; empty where there is none. */
    static String text(Element from, String path) {
        Element element = from;
        for (String name : path.split("/", -1)) {
            Optional<Element> next = child(element, name);
            if (next.isEmpty()) {
                return "";
            }
            element = next.get();
        }
        return element.getTextContent().strip();
    }

    static Optional<Element> child(Element of, String name) {
        return elements(of, name).stream().findFirst();
    }

    static List<Element> elements(Element of, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
