package gyre;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import gyre.future.Future;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What users can see is a committed file, so that a change of it shows in review. After one that is meant,
 * {@code scripts/test -Dtest=PublicApiTest -Dgyre.api.update=true} writes the file again.
 */
class PublicApiTest {
    private static final Path COMMITTED = Path.of("test/resources/api.txt");
    private static final Module ENGINE = Future.class.getModule();
    private static final int SHOWN = Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT | Modifier.PROTECTED;

    @Test
    void publicApiIsTheCommittedOne() throws IOException, URISyntaxException, ReflectiveOperationException {
        Set<String> now = signatures();
        if (Boolean.getBoolean("gyre.api.update")) {
            Files.write(COMMITTED, now);
        }
        Set<String> before = new TreeSet<>(Files.readAllLines(COMMITTED));
        List<String> differences = new ArrayList<>();
        before.stream().filter(line -> !now.contains(line)).forEach(line -> differences.add("- " + line));
        now.stream().filter(line -> !before.contains(line)).forEach(line -> differences.add("+ " + line));
        assertTrue(
                differences.isEmpty(),
                () -> "the public API has changed; if it is meant, run scripts/test -Dtest=PublicApiTest"
                        + " -Dgyre.api.update=true and commit the file:\n" + String.join("\n", differences));
    }

    private static Set<String> signatures() throws IOException, URISyntaxException, ReflectiveOperationException {
        assumeFalse(ENGINE.getDescriptor() == null, "on the class path nothing says what is exported");
        Set<String> exported = ENGINE.getDescriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        Path classes = Path.of(
                Future.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> names;
        try (Stream<Path> files = Files.walk(classes)) {
            names = files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
        Set<String> lines = new TreeSet<>();
        for (String name : names) {
            Class<?> type = Class.forName(name, false, PublicApiTest.class.getClassLoader());
            if (exported.contains(type.getPackageName()) && visible(type)) {
                describe(type, lines);
            }
        }
        return lines;
    }

    private static boolean visible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return visible(type.getModifiers(), outer) && (outer == null ? !type.isAnonymousClass() : visible(outer));
    }

    private static boolean visible(int modifiers, Class<?> owner) {
        boolean inherited = owner != null && !Modifier.isFinal(owner.getModifiers());
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers) && inherited;
    }

    private static void describe(Class<?> type, Collection<String> lines) throws ReflectiveOperationException {
        String name = type.getTypeName() + ": ";
        lines.add(name + header(type));
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (visible(constructor, type)) {
                lines.add(name + modifiers(constructor) + typeParameters(constructor) + "new" + signature(constructor));
            }
        }
        // What a hidden superclass declares can be called, too.
        for (Class<?> owner = type;
                owner != null && (owner == type || !visible(owner));
                owner = owner.getSuperclass()) {
            for (Method method : owner.getDeclaredMethods()) {
                if (visible(method, type)) {
                    lines.add(name + (method.isDefault() ? "default " : "") + modifiers(method) + typeParameters(method)
                            + shorten(method.getGenericReturnType().getTypeName()) + " " + method.getName()
                            + signature(method));
                }
            }
            for (Field field : owner.getDeclaredFields()) {
                if (visible(field, type)) {
                    lines.add(name + modifiers(field)
                            + shorten(field.getGenericType().getTypeName()) + " " + field.getName() + value(field));
                }
            }
        }
    }

    private static boolean visible(Member member, Class<?> type) {
        return visible(member.getModifiers(), type) && !member.isSynthetic();
    }

    private static String header(Class<?> type) {
        String kind = type.isAnnotation() ? "@interface" : type.isInterface() ? "interface" : "class";
        kind = type.isEnum() ? "enum" : type.isRecord() ? "record" : kind;
        int shown = type.isInterface() ? Modifier.PROTECTED : SHOWN;
        return modifiers(type.getModifiers() & shown)
                + (type.isSealed() ? "sealed " : "")
                + typeParameters(type)
                + kind
                + list(" extends ", notObject(type.getGenericSuperclass()))
                + list(" implements ", type.getGenericInterfaces());
    }

    private static String modifiers(Member member) {
        return modifiers(member.getModifiers() & SHOWN);
    }

    private static String modifiers(int modifiers) {
        return modifiers == 0 ? "" : Modifier.toString(modifiers) + " ";
    }

    private static String typeParameters(GenericDeclaration declaration) {
        return declaration.getTypeParameters().length == 0
                ? ""
                : Arrays.stream(declaration.getTypeParameters())
                        .map(parameter -> parameter.getName() + list(" extends ", notObject(parameter.getBounds())))
                        .collect(Collectors.joining(", ", "<", "> "));
    }

    private static String signature(Executable executable) {
        return "(" + list("", executable.getGenericParameterTypes()) + ")"
                + list(" throws ", executable.getGenericExceptionTypes());
    }

    /** A compile-time constant is copied into its users, so its value is part of the API. */
    private static String value(Field field) throws ReflectiveOperationException {
        boolean constant = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers());
        boolean plain = field.getType().isPrimitive() || field.getType() == String.class;
        return constant && plain ? " = " + field.get(null) : "";
    }

    private static Type[] notObject(Type... types) {
        return Arrays.stream(types)
                .filter(type -> type != null && type != Object.class)
                .toArray(Type[]::new);
    }

    private static String list(String start, Type... types) {
        String names =
                Arrays.stream(types).map(type -> shorten(type.getTypeName())).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : start + names;
    }

    private static String shorten(String name) {
        return name.replaceAll("\\b(?:java|gyre)\\.[a-z.]+\\.(?=[A-Z])", "");
    }
}
