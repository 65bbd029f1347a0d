package io.vedette.jobs.xid;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** XIDs by their number. Immutable. */
public final class XidCatalogue {
    private static final String RESOURCE = "xids.yaml";
    private static final String UNDESCRIBED = "nobody has described this one here";
    private static final String LOOK_IT_UP =
            "Look it up at docs.nvidia.com/deploy/xid-errors, and read the kernel log's lines around it (dmesg -T | grep -i xid).";

    /** The one that comes with Vedette. */
    private static final class Shipped {
        static final XidCatalogue CATALOGUE = read();

        private static XidCatalogue read() {
            try (InputStream in = Objects.requireNonNull(XidCatalogue.class.getResourceAsStream(RESOURCE))) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return parse(YamlValue.parse(RESOURCE, text).orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Map<String, Xid> byNumber;

    private XidCatalogue(Map<String, Xid> byNumber) {
        this.byNumber = Map.copyOf(byNumber);
    }

    /** What comes with Vedette. */
    public static XidCatalogue shipped() {
        return Shipped.CATALOGUE;
    }

    /**
     * Reads a catalogue.
     *
     * @throws ConfigurationException at the first mistake
     */
    static XidCatalogue parse(YamlValue file) {
        Map<String, YamlValue> keys = file.mapping(Set.of("classes", "xids"));
        Map<XidClass, String> actions = new EnumMap<>(XidClass.class);
        YamlValue classes = required(file, keys, "classes");
        Map<String, YamlValue> described = classes.mapping();
        for (YamlValue word : classes.keys()) {
            YamlValue value = Objects.requireNonNull(described.get(word.string()));
            actions.put(
                    xidClass(word),
                    required(value, value.mapping(Set.of("action")), "action").string());
        }
        Map<String, Xid> byNumber = new HashMap<>();
        YamlValue xids = required(file, keys, "xids");
        Map<String, YamlValue> written = xids.mapping();
        for (YamlValue number : xids.keys()) {
            number.integer(1, 9_999);
            YamlValue value = Objects.requireNonNull(written.get(number.string()));
            byNumber.put(number.string(), xid(number.string(), value, actions));
        }
        return new XidCatalogue(byNumber);
    }

    private static Xid xid(String number, YamlValue written, Map<XidClass, String> actions) {
        Map<String, YamlValue> keys = written.mapping(Set.of("class", "meaning", "action"));
        YamlValue word = required(written, keys, "class");
        XidClass xidClass = xidClass(word);
        YamlValue own = keys.get("action");
        String action = own == null ? actions.get(xidClass) : own.string();
        if (action == null) {
            throw word.mistake("class '" + xidClass.word() + "' has no 'action' under 'classes'");
        }
        return new Xid(number, xidClass, required(written, keys, "meaning").string(), action);
    }

    private static XidClass xidClass(YamlValue word) {
        List<XidClass> possible = Arrays.stream(XidClass.values())
                .filter(c -> c != XidClass.UNKNOWN)
                .toList();
        return possible.stream()
                .filter(c -> c.word().equals(word.string()))
                .findFirst()
                .orElseThrow(() -> word.mistake("'" + word.string() + "' is no class of XIDs"
                        + NearestName.hint(
                                word.string(),
                                possible.stream().map(XidClass::word).toList())));
    }

    private static YamlValue required(YamlValue at, Map<String, YamlValue> keys, String key) {
        @Nullable YamlValue value = keys.get(key);
        if (value == null) {
            throw at.mistake("'" + key + "' is missing");
        }
        return value;
    }

    /** What a number means; of the class {@link XidClass#UNKNOWN} where nobody has described it. */
    public Xid of(String number) {
        Xid known = byNumber.get(number);
        return known == null ? new Xid(number, XidClass.UNKNOWN, UNDESCRIBED, LOOK_IT_UP) : known;
    }
}
