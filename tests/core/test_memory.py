"""A memory with little room keeps what was used last."""

from ilp.core.memory import Memory


def test_the_oldest_goes_first_and_use_makes_young():
    memory = Memory(room=2)
    memory.put("a", 1)
    memory.put("b", 2)
    assert memory.get("a") == 1
    memory.put("c", 3)
    assert [memory.get(key) for key in "abc"] == [1, None, 3]


def test_room_is_measured_by_size():
    memory = Memory(room=5, size=len)
    memory.put("a", "xx")
    memory.put("b", "yyy")
    assert memory.used == 5
    memory.put("b", "z")
    assert memory.used == 3
    memory.put("c", "zzzz")
    assert [memory.get(key) for key in "abc"] == [None, "z", "zzzz"]
    assert memory.used == 5


def test_what_alone_is_too_large_is_not_remembered():
    memory = Memory(room=3, size=len)
    memory.put("a", "xx")
    memory.put("a", "xxxx")
    assert memory.get("a") is None
    assert memory.used == 0


def test_what_is_forgotten_makes_room():
    memory = Memory(room=3, size=len)
    memory.put("a", "xxx")
    memory.forget("a")
    memory.forget("never there")
    assert memory.get("a") is None
    assert memory.used == 0


def test_a_cleared_memory_is_empty():
    memory = Memory(room=3)
    memory.put("a", 1)
    memory.clear()
    assert memory.get("a") is None
    assert memory.used == 0
