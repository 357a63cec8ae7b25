package gyre.natives;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/** Prints every number of the system that this JVM believes to be on, as {@code NAME=number}. Makes no native call. */
final class ShowNumbers {
    private ShowNumbers() {}

    public static void main(String[] args) throws IllegalAccessException {
        for (Class<?> type : new Class<?>[] {Layout.class, Bsd.class}) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() != String.class) {
                    System.out.println(field.getName() + "=" + ((Number) field.get(null)).intValue());
                }
            }
        }
        for (ErrnoTable.Row row : ErrnoTable.rows()) {
            System.out.println(row.name() + "=" + row.number());
        }
    }
}
