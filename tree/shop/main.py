from goods import price
print(price('pen'))
